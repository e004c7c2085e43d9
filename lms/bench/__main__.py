"""Start the servers, make a scratch database, measure, print a table and write var/bench.json."""

import json
import os
import sys
from pathlib import Path

import psycopg

from lms import embedded

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("LMS_VAR") or ROOT / "var").resolve()
DATABASE = "lms_bench"


def main() -> int:
    # Always from nothing: some hundred schemas of an interrupted run would take a while to recover.
    embedded.stop(VAR / "bench", remove=True)
    endpoints = embedded.start(VAR / "bench")
    try:
        server = endpoints.database_url.rpartition("/")[0]
        _fresh_database(server)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "lms.settings.test",
            "DATABASE_URL": f"{server}/{DATABASE}",
            "CELERY_BROKER_URL": endpoints.broker_url,
        }
        import django

        django.setup()
        from lms.bench import measures

        rows = []
        for measure in measures.ALL:
            for row in measure():
                rows.append(row)
                print(f"{row['name']:<28} {row['value']:>10} {row['unit']:<8} n={row['n']}", flush=True)
        VAR.mkdir(parents=True, exist_ok=True)
        (VAR / "bench.json").write_text(json.dumps(rows, indent=2) + "\n")
        print(f"Written: {VAR / 'bench.json'}")
    finally:
        embedded.stop(VAR / "bench", remove=True)
    return 0


def _fresh_database(server: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{DATABASE}"')


if __name__ == "__main__":
    sys.exit(main())

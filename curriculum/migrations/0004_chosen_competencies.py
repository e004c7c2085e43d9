"""A module's competencies were words of its own. They become a choice from the network's framework.

Revisions stay as they were written: curriculum.models reads the words of the older ones.
"""

import json
import uuid

from django.db import migrations


def choose(apps, schema_editor):
    Competency = apps.get_model("curriculum", "Competency")

    def pks(words) -> list[int]:
        named = [item["value"].strip() for item in words if item.get("value", "").strip()]
        return [Competency.objects.get_or_create(name=name[:80])[0].pk for name in dict.fromkeys(named)]

    chosen = apps.get_model("curriculum", "ModulePage").competencies.through
    for page, words in _rows(schema_editor, "SELECT page_ptr_id, competency_words::text FROM curriculum_modulepage"):
        chosen.objects.bulk_create(
            [chosen(modulepage_id=page, competency_id=pk) for pk in pks(_read(words))], ignore_conflicts=True
        )


def say_in_words(apps, schema_editor):
    names = dict(apps.get_model("curriculum", "Competency").objects.values_list("pk", "name"))
    chosen = apps.get_model("curriculum", "ModulePage").competencies.through

    def words(pks) -> str:
        named = [names[pk] for pk in pks if pk in names]
        return json.dumps([{"type": "competency", "value": name, "id": str(uuid.uuid4())} for name in named])

    by_page: dict[int, list[int]] = {}
    for page, pk in chosen.objects.order_by("pk").values_list("modulepage_id", "competency_id"):
        by_page.setdefault(page, []).append(pk)
    with schema_editor.connection.cursor() as cursor:
        for page, pks in by_page.items():
            cursor.execute(
                "UPDATE curriculum_modulepage SET competency_words = %s::jsonb WHERE page_ptr_id = %s",
                [words(pks), page],
            )
    chosen.objects.all().delete()


def _rows(schema_editor, statement: str) -> list[tuple]:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _read(words) -> list:
    return (json.loads(words) if isinstance(words, str) else words) or []


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0003_shared_parts"),
    ]

    operations = [migrations.RunPython(choose, say_in_words)]

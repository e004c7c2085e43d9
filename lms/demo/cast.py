"""The people and practices of the demo network, read from the TOML files beside this module."""

import datetime as dt
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

HERE = Path(__file__).parent
DOMAIN = "demo.example"


class Character(StrEnum):
    """How a leader goes through the program."""

    AHEAD = "ahead"
    ON_TRACK = "on track"
    BEHIND = "behind"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


# Leaders by their place in the cohort; who is not named is on track.
CHARACTERS = (
    {
        Character.AHEAD: {3, 9, 19, 27},
        Character.BEHIND: {5, 12, 26},
        Character.PAUSED: {17},
        Character.WITHDRAWN: {14, 22},
    },
    {
        Character.AHEAD: {2, 9},
        Character.BEHIND: {4, 11, 18},
        Character.PAUSED: {7},
        Character.WITHDRAWN: {16},
    },
)


@dataclass(frozen=True)
class Part:
    """One leader of the demo: who, where, in which cohort (0 or 1) and how."""

    name: str
    credentials: str
    email: str
    practice: int
    cohort: int
    character: Character


def read(name: str) -> dict:
    """One of the demo's TOML files."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def curriculum() -> list[dict]:
    """The modules in the order of their files."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / "curriculum").glob("*.toml"))]


def address(name: str, host: str) -> str:
    """A made-up address: "Łucja Zielińska" at host -> lucja.zielinska@host."""
    plain = unicodedata.normalize("NFKD", name.replace("Ł", "L").replace("ł", "l"))
    letters = "".join(c for c in plain.lower() if c.isascii() and (c.isalpha() or c == " "))
    return f"{'.'.join(letters.split())}@{host}"


def leaders(practices: list[dict], names: list[list[str]]) -> list[Part]:
    """Deal the named leaders to the practices: the first cohort's first, then the second's."""
    parts: list[Part] = []
    for cohort in (0, 1):
        place = 0
        for number, practice in enumerate(practices):
            for _ in range(practice["leaders"][cohort]):
                name, credentials = names[len(parts)]
                character = next((c for c, who in CHARACTERS[cohort].items() if place in who), Character.ON_TRACK)
                email = f"leader@{DOMAIN}" if not parts else address(name, f"practice{number + 1}.example")
                parts.append(Part(name, credentials, email, number, cohort, character))
                place += 1
    return parts


def months_before(day: dt.date, months: int) -> dt.date:
    """The first of the month that lies `months` before that of `day`."""
    index = day.year * 12 + day.month - 1 - months
    return dt.date(index // 12, index % 12 + 1, 1)

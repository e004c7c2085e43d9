"""The words of a certificate, from the record of the years. Pure."""

from collections.abc import Iterable

from cohorts.network.enums import RequirementKind

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NOUNS: dict[str, tuple[str, str]] = {
    RequirementKind.MODULE: ("module", "modules"),
    RequirementKind.SESSION: ("session", "sessions"),
}
# Titles up to this many characters together leave the page in order; past that their number says it.
_ROOM_FOR_TITLES = 480


def number_word(number: int) -> str:
    """ "five" for 5; figures past twelve."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def award_title(design_title: str, *, program: str, year: int | None) -> str:
    """The design's title with the program and the year filled in."""
    return design_title.replace("{program}", program).replace("{year}", number_word(year) if year else "")


def cohort_words(name: str) -> str:
    """The cohort as it stands in a sentence."""
    return name if "cohort" in name.casefold() else f"cohort {name}"


def counted_lines(counted: Iterable[dict]) -> tuple[str, ...]:
    """A line for each kind of requirement that counted, modules by title: "Two modules: A and B.", "Three sessions."

    `counted` are the entries of YearCompletion.counted, each with "kind" and "title". Excused ones were not done
    and are not stated.
    """
    titles: dict[str, list[str]] = {kind: [] for kind in _NOUNS}
    for entry in counted:
        if entry.get("state") != "excused":
            titles.setdefault(entry["kind"], []).append(entry["title"])
    lines = []
    for kind, of_kind in titles.items():
        if not of_kind:
            continue
        one, many = _NOUNS.get(kind, (kind, f"{kind}s"))
        line = f"{number_word(len(of_kind)).capitalize()} {one if len(of_kind) == 1 else many}"
        if kind == RequirementKind.MODULE and len(listed := _listed(of_kind)) <= _ROOM_FOR_TITLES:
            line += f": {listed}"
        lines.append(f"{line}.")
    return tuple(lines)


def _listed(words: list[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"

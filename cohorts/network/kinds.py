"""What a cohort's plan can ask for. Cohorts knows modules and sessions; a later room registers its own kind
in its AppConfig.ready()."""

from dataclasses import dataclass

from cohorts.network.enums import RequirementKind


@dataclass(frozen=True)
class Kind:
    """A kind of requirement: its key, and its name in the plural as a heading of plans and boards."""

    key: str
    heading: str


kinds: dict[str, Kind] = {}


def register_kind(key: str, heading: str) -> None:
    """Let plans ask for `key`. Raises ValueError for a key that another room has taken."""
    if key in kinds and kinds[key].heading != heading:
        raise ValueError(f"The requirement kind {key!r} is taken.")
    kinds[key] = Kind(key, heading)


register_kind(RequirementKind.MODULE, "Modules")
register_kind(RequirementKind.SESSION, "Sessions")

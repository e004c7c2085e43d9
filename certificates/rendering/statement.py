"""What a certificate states."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlsplit

from lms.accounts.names import check_name, check_text

# The most characters that the page has room for. The name has a limit of its own; the lines of
# what counted are limited by the page, which the renderer measures.
LIMITS = {
    "credentials": 60,
    "award_title": 150,
    "program_title": 120,
    "year_label": 60,
    "network_name": 80,
    "practice_name": 120,
    "practice_city": 60,
    "practice_state": 40,
    "cohort_name": 120,
    "number": 40,
    "verify_url": 200,
}
LONGEST_SIGNATORY = 80
MOST_SIGNATORIES = 3


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Everything that a certificate's PDF says, fixed at issue.

    Texts are composed and checked on the way in: ValueError with a sentence if one of
    them cannot be printed. ``counted`` holds a line for each kind of thing that counted,
    such as ``"Five modules: Payor Negotiations, ..."``. ``verify_url`` is absolute.
    """

    name: str
    credentials: str = ""
    award_title: str
    program_title: str
    year_label: str = ""
    network_name: str = ""
    practice_name: str
    practice_city: str = ""
    practice_state: str = ""
    cohort_name: str = ""
    issued_on: date
    counted: tuple[str, ...] = ()
    number: str
    verify_url: str
    signatories: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        clean: dict[str, object] = {
            name: check_text(getattr(self, name), what=name.replace("_", " "), longest=longest)
            for name, longest in LIMITS.items()
        }
        clean["name"] = check_name(self.name)
        clean["counted"] = tuple(check_text(line, what="line of what counted") for line in self.counted)
        clean["signatories"] = tuple(
            (
                check_text(name, what="signatory's name", longest=LONGEST_SIGNATORY),
                check_text(title, what="signatory's title", longest=LONGEST_SIGNATORY),
            )
            for name, title in self.signatories
        )
        for name, value in clean.items():
            object.__setattr__(self, name, value)
        if len(self.signatories) > MOST_SIGNATORIES:
            raise ValueError(f"Choose {MOST_SIGNATORIES} signatories or fewer.")
        if urlsplit(self.verify_url).scheme not in {"http", "https"}:
            raise ValueError("The verification address must begin with https:// or http://.")

    @property
    def printed_name(self) -> str:
        """The name with credentials, such as "Leela Raghunathan, MD"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @property
    def printed_date(self) -> str:
        """The day of issue, such as "January 16, 2026"."""
        return f"{self.issued_on:%B} {self.issued_on.day}, {self.issued_on.year}"

    @property
    def practice_place(self) -> str:
        """City and state, as far as they are known."""
        return ", ".join(part for part in (self.practice_city, self.practice_state) if part)

    @property
    def issuer(self) -> str:
        """Who issues it: the program, and the network behind it."""
        return ", ".join(part for part in (self.program_title, self.network_name) if part)

    @property
    def context_line(self) -> str:
        """The sentence under the award that places it in its program and cohort."""
        whole = f"{self.year_label} of the {self.program_title}" if self.year_label else ""
        if not whole and self.award_title != self.program_title:
            whole = f"Part of the {self.program_title}"
        parts = [part for part in (whole, self.cohort_name) if part]
        line = ", ".join(parts)
        return f"{line[0].upper()}{line[1:]}." if line else ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; ``from_json`` reads them back unchanged."""
        return {**asdict(self), "issued_on": self.issued_on.isoformat()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The statement that ``as_json`` wrote, also after a round trip through JSON."""
        return cls(
            **{
                **values,
                "issued_on": date.fromisoformat(values["issued_on"]),
                "counted": tuple(values["counted"]),
                "signatories": tuple((name, title) for name, title in values["signatories"]),
            }
        )

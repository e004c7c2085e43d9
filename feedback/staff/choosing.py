"""Which released figures a reader looks at: a program, a cohort, a subject, a release. There is no other way to cut.

The choices are those of the windows that the reader may see, so a value that is none of them is not found.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, QueryDict

from feedback.network.enums import SubjectKind
from feedback.network.models import Window
from lms.ui.dates import day

Option = tuple[str, str]  # value and label


@dataclass
class Filter:
    """One list to choose from. `groups` are (heading, options); the empty value stands for all."""

    name: str
    label: str
    all: str
    groups: list[tuple[str, list[Option]]]
    value: str = ""

    @property
    def worth_showing(self) -> bool:
        return sum(len(options) for _, options in self.groups) > 1 or bool(self.value)

    def chosen_label(self) -> str:
        return next((label for _, options in self.groups for value, label in options if value == self.value), "")


@dataclass
class Choice:
    """What was chosen: `windows`, and `release` where it is one release of a single window."""

    windows: list[Window]
    release: int | None = None
    cohort: Any = None
    filters: list[Filter] = field(default_factory=list)

    @property
    def title(self) -> str:
        chosen = [each.chosen_label() for each in self.filters if each.value]
        if len(self.windows) == 1 and not any(self.windows[0].title in label for label in chosen):
            chosen.append(self.windows[0].title)
        return " · ".join(chosen) or "Everything"


def choose(windows: Iterable[Window], asked: QueryDict) -> Choice:
    """Narrow `windows` by the query string, one filter after the other. Http404 for a value that is not offered."""
    choice = Choice(list(windows))
    _narrow(choice, asked, "program", "Program", "All programs", lambda w: (str(w.cohort.program_id), w.cohort.program))
    _narrow(choice, asked, "cohort", "Cohort", "All cohorts", lambda w: (str(w.cohort_id), w.cohort))
    # Nobody is asked to choose where there is only one.
    if len({window.cohort_id for window in choice.windows}) == 1:
        choice.cohort = choice.windows[0].cohort
    key = _subject if choice.cohort else _subject_with_cohort
    _narrow(choice, asked, "about", "About", "Everything", key, heading=_heading)
    if len(choice.windows) == 1 and choice.cohort and choice.filters[-1].value:
        _narrow_release(choice, asked)
    elif asked.get("release"):
        raise Http404("A release is one of a cohort’s survey.")
    return choice


def _subject(window: Window) -> tuple[str, object]:
    if window.cohort_session_id:
        return f"session-{window.cohort_session_id}", window.title
    return f"module-{window.module_id}", window.title


def _subject_with_cohort(window: Window) -> tuple[str, object]:
    """Cohorts have sessions of the same name; a module is one for all."""
    value, title = _subject(window)
    return value, f"{title}, {window.cohort}" if window.cohort_session_id else title


def _heading(window: Window) -> str:
    return "Sessions" if window.survey.about == SubjectKind.SESSION else "Modules"


def _narrow(
    choice: Choice,
    asked: QueryDict,
    name: str,
    label: str,
    everything: str,
    key: Callable[[Window], tuple[str, object]],
    heading: Callable[[Window], str] = lambda window: "",
) -> None:
    groups: dict[str, dict[str, str]] = {}
    for window in sorted(choice.windows, key=lambda window: window.opens_on):
        value, words = key(window)
        groups.setdefault(heading(window), {})[value] = str(words)
    found = Filter(name, label, everything, [(title, list(options.items())) for title, options in groups.items()])
    found.value = asked.get(name, "")
    if found.value:
        choice.windows = [window for window in choice.windows if key(window)[0] == found.value]
        if not choice.windows:
            raise Http404(f"No such {name} among those that may be seen.")
    choice.filters.append(found)


def _narrow_release(choice: Choice, asked: QueryDict) -> None:
    options = [
        (str(release.number), f"Release {release.number}, {day(release.released_on)}")
        for release in choice.windows[0].releases.all()
    ]
    found = Filter("release", "Release", "All releases", [("", options)], asked.get("release", ""))
    if found.value:
        if found.value not in dict(options):
            raise Http404("No such release.")
        choice.release = int(found.value)
    choice.filters.append(found)

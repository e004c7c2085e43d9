from django import forms

from curriculum.library.models import LibraryEntry
from curriculum.library.pages import MODULES
from curriculum.library.searching import LONGEST, Asked
from curriculum.library.sources import SOURCES


class SearchForm(forms.Form):
    """What is asked of the library. What no choice has is no fault: it is left out."""

    q = forms.CharField(
        label="Search the library",
        required=False,
        strip=False,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "maxlength": 200, "enterkeyhint": "search"}
        ),
    )
    topic = forms.ChoiceField(label="Topic", required=False)
    year = forms.ChoiceField(label="Year", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)

    def __init__(self, data):
        entries = LibraryEntry.objects.filter(kind=MODULES.kind).only("object_id", "title", "year", "topics")
        modules = list(entries.order_by("year", "title", "object_id"))
        competencies = sorted({topic for module in modules for topic in module.topics})
        self.modules = [(module.object_id, module.title) for module in modules]
        choices = {
            "topic": [
                ("", "All topics"),
                ("Modules", self.modules),
                ("Competencies", [(name, name) for name in competencies]),
            ],
            "year": [("", "All years"), *((str(n), f"Year {n}") for n in sorted({m.year for m in modules if m.year}))],
            "kind": [("", "Everything"), *((source.kind, source.plural) for source in SOURCES.values())],
        }
        given = {name: data.get(name, "") for name in ("q", "topic", "year", "kind")}
        given["q"] = given["q"].replace("\x00", "")[:LONGEST]
        super().__init__(given)
        for name, offered in choices.items():
            field = self.fields[name]
            field.choices = offered  # type: ignore[attr-defined]
            if not field.valid_value(given[name]):  # type: ignore[attr-defined]
                given[name] = ""

    @property
    def asked(self) -> Asked:
        year = self.data["year"]
        return Asked(self.data["q"], self.data["kind"], self.data["topic"], int(year) if year else None)

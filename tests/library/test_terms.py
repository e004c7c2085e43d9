"""Terms of the glossary in the library."""

import pytest
from django.core.management import call_command

from curriculum.library.models import LibraryEntry, LibraryWord
from curriculum.models import Term
from curriculum.shared_actions import make_glossary
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from tests.fixtures import make_user, signed_in
from tests.library.asking import LIBRARY, ask, titles
from tests.library.test_saving import FORGET, SAVE, SAVED

WAC = {
    "name": "Wholesale acquisition cost",
    "definition": "What a wholesaler lists before any discount.",
    "spellings": ["WAC", "list price"],
}


@pytest.fixture
def term(db):
    make_glossary(terms=[WAC])
    return Term.objects.get()


@pytest.mark.parametrize("typed", ["acquisition", "WAC", "list price", "wholesalr acquisiton", "before any discount"])
def test_a_term_is_found_by_name_spelling_and_meaning_and_leads_to_its_place(as_physician, tree, term, typed):
    assert titles(as_physician, typed, kind="term") == ["Wholesale acquisition cost"]
    assert f'href="/glossary/#term-{term.pk}"' in ask(as_physician, typed)
    assert f'id="term-{term.pk}"' in as_physician.get("/glossary/").content.decode()


def test_a_term_found_by_another_spelling_is_shown_with_its_meaning(as_physician, term):
    shown = ask(as_physician, "WAC")
    assert "What a wholesaler lists before any discount." in shown
    assert "<mark>WAC</mark>" in shown


def test_a_term_is_followed_when_it_changes_and_goes(as_physician, term):
    term.name = "Average sales price"
    term.spellings = ""
    term.save()
    assert titles(as_physician, "average sales") == ["Average sales price"]
    assert not LibraryWord.objects.filter(word="wac").exists()
    term.delete()
    assert titles(as_physician, "average sales") == []
    assert not LibraryEntry.objects.filter(kind="term").exists()


def test_a_term_is_saved_and_drops_out_when_it_is_deleted(as_physician, term):
    as_physician.post(SAVE, {"kind": "term", "id": str(term.pk)})
    shown = as_physician.get(SAVED).content.decode()
    assert f'href="/glossary/#term-{term.pk}"' in shown
    named = {"kind": "term", "id": str(term.pk)}
    term.delete()
    assert "One thing that you saved is not in the library any more" in as_physician.get(SAVED).content.decode()
    as_physician.post(FORGET, named)
    assert "Nothing saved" in as_physician.get(SAVED).content.decode()


def test_a_leader_finds_terms_though_their_modules_are_closed(leader, term):
    assert titles(signed_in(leader), "acquisition") == ["Wholesale acquisition cost"]


def test_terms_that_were_there_before_the_library_knew_them_are_filled_in(as_physician, tree, term):
    LibraryEntry.objects.filter(kind="term").delete()
    others = set(LibraryEntry.objects.values_list("pk", flat=True))
    call_command("migrate", verbosity=0)
    assert titles(as_physician, "acquisition") == ["Wholesale acquisition cost"]
    assert others < set(LibraryEntry.objects.values_list("pk", flat=True))


def test_glossary_and_terms_are_for_whoever_reads_curriculum(alder, birch, term, client):
    def member(practice, role):
        user = make_user(f"{role}@{practice.slug}.example")
        grant_membership(user=user, practice=practice, role=role)
        return user

    readers = [member(alder, PracticeRole.PHYSICIAN), member(birch, PracticeRole.MANAGING_PHYSICIAN)]
    for role in NetworkRole:
        user = make_user(f"{role}@network.example")
        grant_network_role(user=user, role=role)
        readers.append(user)
    for user in readers:
        assert WAC["definition"] in signed_in(user).get("/glossary/").content.decode()
        assert titles(signed_in(user), "acquisition") == [WAC["name"]]
    for user in (member(alder, PracticeRole.ADMINISTRATOR), make_user("nobody@network.example")):
        for address in ("/glossary/", f"{LIBRARY}?q=acquisition", SAVED):
            answer = signed_in(user).get(address)
            assert answer.status_code == 403
            assert WAC["definition"] not in answer.content.decode()
    for address in ("/glossary/", LIBRARY, SAVED):
        assert client.get(address).headers["Location"].startswith("/accounts/login/")

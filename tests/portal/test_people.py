"""The people page of program staff."""

import uuid

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.accounts.actions import grant_network_role, invite, person_with_account
from lms.accounts.models import AccountEvent, User
from lms.accounts.queries import network_roles
from lms.outbox.models import OutboxRow
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.schema import enter
from tests.cohorts.samples import make_cohort, make_leader
from tests.fixtures import make_user, signed_in


@pytest.fixture
def person(alder) -> User:
    user = make_user("p@alder.example", "Priya Nair")
    grant_membership(user=user, practice=alder, role=PracticeRole.PHYSICIAN)
    grant_network_role(user=user, role="faculty")
    return user


def doors(user: User) -> list[tuple[str, str]]:
    """Each door of the people page, with its method."""
    role, membership = user.network_roles.get(), user.memberships.get()
    one = f"/staff/people/{user.pk}/"
    return [
        ("get", "/staff/people/"),
        ("get", "/staff/people/add/"),
        ("post", "/staff/people/add/"),
        ("get", one),
        ("post", f"{one}address/"),
        ("post", f"{one}invite/"),
        ("post", f"{one}end-access/"),
        ("post", f"{one}open-access/"),
        ("post", f"{one}roles/"),
        ("post", f"{one}roles/{role.pk}/end/"),
        ("post", f"{one}memberships/{membership.pk}/end/"),
    ]


def test_people_doors_are_closed_to_everybody_but_staff(person, faculty, advisor, manager, outsider):
    before = AccountEvent.objects.count()
    for method, path in doors(person):
        for user in (faculty, advisor, manager, outsider):
            response = getattr(signed_in(user), method)(path, {"email": "x@y.example", "role": "staff"})
            assert response.status_code == 403, path
            assert "Priya" not in response.content.decode()
        assert getattr(Client(), method)(path).url.startswith("/accounts/login/?next=/")
    assert AccountEvent.objects.count() == before


def test_people_changes_are_made_by_post_only(person, staff):
    for method, path in doors(person):
        if method == "post" and not path.endswith("/add/"):
            assert signed_in(staff).get(path).status_code == 405


def test_people_are_found_by_name_and_by_address(person, staff, outsider):
    client = signed_in(staff)
    for q in ("priya", "P@ALDER"):
        page = client.get("/staff/people/", {"q": q}).content.decode()
        assert "Priya Nair" in page
        assert "Otto Strand" not in page
    assert "Nobody found" in client.get("/staff/people/", {"q": "zzz"}).content.decode()


@pytest.mark.parametrize(
    "query", [{"q": "\x00"}, {"q": "a" * 100_000}, {"page": "9" * 5_000}, {"page": "x"}, {"q": "%_\\"}]
)
def test_people_page_takes_hostile_input(staff, query):
    assert signed_in(staff).get("/staff/people/", query).status_code == 200


def test_people_page_costs_the_same_with_more_rows(alder, staff):
    client = signed_in(staff)
    client.get("/staff/people/")
    counts = []
    for number in range(3):
        user = make_user(f"p{number}@alder.example")
        grant_membership(user=user, practice=alder, role=PracticeRole.PHYSICIAN)
        grant_network_role(user=user, role="faculty")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/staff/people/").status_code == 200
        counts.append(len([q for q in seen.captured_queries if "search_path" not in q["sql"]]))
    assert len(set(counts)) == 1


def test_people_page_holds_25(staff, db):
    for number in range(30):
        make_user(f"n{number:02}@x.example", f"Name {number:02}")
    page = signed_in(staff).get("/staff/people/", {"q": "Name", "page": 2}).content.decode()
    assert "Name 24" not in page
    assert "Name 25" in page


def test_person_page_shows_roles_with_dates_and_what_happened(person, staff):
    page = signed_in(staff).get(f"/staff/people/{person.pk}/").content.decode()
    for words in ("Physician, Alder Oncology", "Faculty", "Gave the role Faculty.", "p@alder.example"):
        assert words in page


def test_person_page_of_nobody_is_not_found(staff):
    assert signed_in(staff).get(f"/staff/people/{uuid.uuid4()}/").status_code == 404


def test_corrected_address_is_kept_in_step_and_recorded(person, staff):
    User.objects.filter(pk=person.pk).update(bounced_at="2026-01-01T00:00Z")
    response = signed_in(staff).post(f"/staff/people/{person.pk}/address/", {"email": " New@Alder.example "})
    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.email, person.bounced_at) == ("new@alder.example", None)
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (person.pk, "new@alder.example", True, True)
    ]
    event = person.events.first()
    assert event.what == "Corrected the address from p@alder.example to new@alder.example."
    assert (event.by_id, event.by_name) == (staff.pk, "Tess Park")


@pytest.mark.parametrize(
    "email", ["", "none", "a@b", "STAFF@network.example", "\x00@x.example", "a" * 100_000 + "@x.example"]
)
def test_address_that_cannot_be_is_refused_in_place(person, staff, email):
    response = signed_in(staff).post(f"/staff/people/{person.pk}/address/", {"email": email})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    person.refresh_from_db()
    assert person.email == "p@alder.example"


def test_corrected_address_sends_open_invitations_again(staff, db):
    user = person_with_account(email="wrong@alder.example", name="Priya Nair")
    row = invite(user=user, key="k")
    signed_in(staff).post(f"/staff/people/{user.pk}/address/", {"email": "right@alder.example"})
    row.refresh_from_db()
    assert row.generation == 2
    assert OutboxRow.objects.filter(kind="invitation").count() == 2


def test_invitation_is_sent_again_to_who_has_not_accepted(staff, db):
    user = person_with_account(email="p@alder.example", name="Priya Nair")
    client = signed_in(staff)
    client.post(f"/staff/people/{user.pk}/invite/")
    client.post(f"/staff/people/{user.pk}/invite/")
    assert user.invitations.get().generation == 2


def test_invitation_is_not_sent_to_who_signs_in_already(person, staff):
    response = signed_in(staff).post(f"/staff/people/{person.pk}/invite/", follow=True)
    assert "signs in already" in response.content.decode()
    assert not person.invitations.exists()


def test_ended_access_is_felt_at_the_next_request_and_for_good(person, staff):
    theirs = signed_in(person)
    assert theirs.get("/account/").status_code == 200
    client = signed_in(staff)
    for _ in range(2):
        client.post(f"/staff/people/{person.pk}/end-access/")
    assert theirs.get("/account/").status_code == 302
    client.post(f"/staff/people/{person.pk}/open-access/")
    assert theirs.get("/account/").status_code == 302
    assert signed_in(User.objects.get(pk=person.pk)).get("/account/").status_code == 200
    assert [event.what for event in person.events.all()][:2] == [
        "Opened access again.",
        "Ended access and every session.",
    ]
    assert person.events.count() == 3


def test_nobody_ends_their_own_access_or_place_on_the_staff(staff):
    client = signed_in(staff)
    role = staff.network_roles.get()
    for path in ("end-access/", f"roles/{role.pk}/end/"):
        response = client.post(f"/staff/people/{staff.pk}/{path}", follow=True)
        assert "Ask a colleague" in response.content.decode()
    staff.refresh_from_db()
    assert staff.is_active
    assert network_roles(staff) == {"staff"}


def test_roles_are_given_and_ended(person, staff):
    client = signed_in(staff)
    one = f"/staff/people/{person.pk}/"
    for _ in range(2):
        client.post(f"{one}roles/", {"role": "publisher"})
    assert network_roles(User.objects.get(pk=person.pk)) == {"faculty", "publisher"}
    assert person.groups.get().name == "Advisory group chair"
    row = person.network_roles.get(role="publisher")
    for _ in range(2):
        client.post(f"{one}roles/{row.pk}/end/")
    assert network_roles(User.objects.get(pk=person.pk)) == {"faculty"}
    assert not person.groups.exists()
    assert [event.what for event in person.events.all()][:2] == [
        "Ended the role Advisory group chair.",
        "Gave the role Advisory group chair.",
    ]


def test_no_role_stands_chosen(person, staff):
    client = signed_in(staff)
    for path in (f"/staff/people/{person.pk}/", "/staff/people/add/"):
        assert '<option value="" selected>Choose a role</option>' in client.get(path).content.decode()


@pytest.mark.parametrize("role", ["", "king", "\x00", "staff' OR 1=1"])
def test_role_that_is_none_is_refused_in_words(person, staff, role):
    response = signed_in(staff).post(f"/staff/people/{person.pk}/roles/", {"role": role}, follow=True)
    assert "Choose one of the roles offered." in response.content.decode()


def test_role_of_another_person_is_not_found(person, staff, advisor):
    row = advisor.network_roles.get()
    assert signed_in(staff).post(f"/staff/people/{person.pk}/roles/{row.pk}/end/").status_code == 404
    assert network_roles(advisor) == {"publisher"}


def test_membership_ends_once_and_closes_the_practice(alder, person, staff):
    row = person.memberships.get()
    client = signed_in(staff)
    for _ in range(2):
        client.post(f"/staff/people/{person.pk}/memberships/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ended_at is not None
    assert person.events.filter(what="Ended the role Physician in Alder Oncology.").count() == 1


def test_person_is_invited_once_with_a_role(alder, staff):
    form = {"name": "Ana Soto", "email": "ana@alder.example", "role": "sponsor", "practice": alder.slug}
    for _ in range(2):
        assert signed_in(staff).post("/staff/people/add/", form).status_code == 302
    user = User.objects.get(email="ana@alder.example")
    assert user.memberships.get().role == "sponsor"
    assert user.invitations.count() == 1
    assert OutboxRow.objects.filter(kind="invitation").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"practice": ""}, "Choose the practice"),
        ({"name": "Ana\x00Soto"}, "characters that cannot be kept"),
        ({"name": "Ana ‮Soto"}, "changes the direction"),
        ({"practice": "not-a-uuid"}, "Choose one of the answers offered"),
        ({"role": "king"}, "Choose one of the answers offered"),
        ({"role": ""}, "Choose one: Role"),
        ({"email": "ana"}, "@ sign"),
    ],
)
def test_person_that_cannot_be_invited_is_refused_in_place(alder, staff, change, words):
    form = {"name": "Ana Soto", "email": "ana@alder.example", "role": "sponsor", "practice": alder.slug} | change
    response = signed_in(staff).post("/staff/people/add/", form)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not User.objects.filter(email__startswith="ana").exists()


def test_account_events_are_never_changed(person):
    event = person.events.get()
    event.what = "Nothing"
    with pytest.raises(TypeError):
        event.save()


def test_opening_a_leaders_page_is_recorded_where_the_leader_reads_it(alder, staff):
    enrollment = make_leader(alder, make_cohort())
    client = signed_in(staff)
    client.get("/staff/people/")
    with enter(alder):
        assert not enrollment.person.access_log.exists()
    client.get(f"/staff/people/{enrollment.person.user_id}/")
    with enter(alder):
        entry = enrollment.person.access_log.get()
        assert (entry.viewer_id, entry.viewer_name, entry.viewer_role) == (staff.pk, "Tess Park", "Program staff")


def test_refused_address_shows_the_page_and_is_recorded_too(alder, staff):
    enrollment = make_leader(alder, make_cohort())
    client = signed_in(staff)
    assert client.post(f"/staff/people/{enrollment.person.user_id}/address/", {"email": "none"}).status_code == 422
    with enter(alder):
        assert enrollment.person.access_log.count() == 1

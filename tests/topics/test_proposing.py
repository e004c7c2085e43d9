"""A proposer's own topics, from the draft to what became of it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from tests.fixtures import make_user, signed_in
from tests.queries import count_queries
from tests.topics.samples import a_draft, a_topic, mails, text, typed
from topics.models import Topic

NEW, MINE, LIKELY = "/topics/new/", "/topics/mine/", "/topics/likely/"


def at(topic, page="topic") -> str:
    return reverse(f"topics:{page}", args=[topic.pk])


def test_physician_proposes_and_follows(physician):
    client = signed_in(physician)
    response = client.post(NEW, typed(), follow=True)
    topic = Topic.objects.get()
    assert response.redirect_chain == [(at(topic), 302)]
    assert (topic.state, topic.practices) == ("proposed", "Alder Oncology")
    assert "You proposed it" in text(response)
    assert "The advisory group has it" in text(client.get(MINE))
    [mail] = mails("topic_moved")
    assert mail.to == "phil@alder.example"
    assert "for a regional conference" in mail.paragraphs[0]


def test_draft_may_have_gaps_and_a_proposal_not(physician):
    client = signed_in(physician)
    gaps = dict.fromkeys(("destination", "why_now", "audience", "level", "format"), "")
    client.post(NEW, typed(do="draft", **gaps))
    topic = Topic.objects.get()
    assert topic.state == "draft"
    assert mails("topic_moved") == []
    response = client.post(at(topic, "edit"), typed(**gaps))
    assert response.status_code == 422
    assert "Fill this in: Why now" in text(response)
    assert "Choose one: What it is for" in text(response)
    client.post(at(topic, "edit"), typed(title="Prior authorization by one click"))
    topic.refresh_from_db()
    assert (topic.state, topic.title) == ("proposed", "Prior authorization by one click")


def test_form_sent_twice_makes_one_topic_and_one_mail(physician):
    client, form = signed_in(physician), typed()
    first, second = client.post(NEW, form), client.post(NEW, form)
    assert first.url == second.url
    assert Topic.objects.count() == len(mails("topic_moved")) == 1


def test_key_of_somebody_elses_topic_is_refused(physician, outsider):
    theirs = a_draft(outsider)
    response = signed_in(physician).post(NEW, typed(key=str(theirs.pk), do="draft"))
    assert response.status_code == 422
    assert "Open a new one" in text(response)
    theirs.refresh_from_db()
    assert theirs.proposer == outsider


def test_likely_duplicates_show_title_and_state_alone(physician, outsider):
    a_topic(outsider, why_now="zanzibar", evidence="marzipan")
    a_draft(outsider, title="Prior authorization, the draft")
    for title in ("Prior autorization without faxes", "prior authorization", "Authorizations, prior, without a fax"):
        response = signed_in(physician).get(LIKELY, {"title": title})
        assert "Prior authorization without the fax" in text(response), title
        assert "(proposed)" in text(response)
        for hidden in (outsider.name, "Birch", "zanzibar", "marzipan", "the draft"):
            assert hidden not in text(response)
    assert "like yours" not in text(signed_in(physician).get(LIKELY, {"title": "Palliative care at home"}))
    assert "like yours" not in text(signed_in(physician).get(LIKELY, {"title": "Pri"}))


def test_duplicates_that_were_not_seen_hold_the_proposal_up_once(physician, outsider):
    other, client = a_topic(outsider), signed_in(physician)
    form = typed(title="Prior authorization without a fax")
    response = client.post(NEW, form)
    assert response.status_code == 422
    assert "Propose anyway" in text(response)
    assert f'name="seen" value="{other.pk}"' in text(response)
    assert Topic.objects.filter(proposer=physician).count() == 0
    assert client.post(NEW, {**form, "seen": [str(other.pk)]}).status_code == 302
    assert Topic.objects.get(proposer=physician).state == "proposed"


def test_draft_is_not_held_up(physician, outsider):
    a_topic(outsider)
    assert signed_in(physician).post(NEW, typed(do="draft")).status_code == 302


def test_own_draft_is_no_duplicate_of_itself(physician):
    draft = a_draft(physician)
    assert signed_in(physician).post(at(draft, "edit"), typed(key=str(draft.pk))).status_code == 302


def test_name_in_public_is_the_proposers_to_give_and_take_back(physician):
    client, topic = signed_in(physician), a_topic(physician)
    client.post(at(topic), {"shows_proposer": "on"})
    topic.refresh_from_db()
    assert topic.shows_proposer
    client.post(at(topic), {})
    topic.refresh_from_db()
    assert not topic.shows_proposer


def test_draft_is_discarded_and_a_proposal_not(physician):
    client, draft, topic = signed_in(physician), a_draft(physician), a_topic(physician)
    assert "Discard draft" in text(client.get(at(draft, "discard")))
    client.post(at(draft, "discard"))
    assert client.post(at(topic, "discard")).status_code == 404
    assert list(Topic.objects.all()) == [topic]


@pytest.mark.parametrize("page", ["topic", "edit", "discard"])
def test_somebody_elses_topic_does_not_exist(page, physician, outsider, advisor):
    draft, topic = a_draft(outsider), a_topic(outsider)
    for user in (physician, advisor):
        for one in (draft, topic):
            assert signed_in(user).get(at(one, page)).status_code == 404
            assert signed_in(user).post(at(one, page)).status_code == 404


def test_who_proposes(alder, birch, physician, manager, faculty, advisor, staff):
    sponsor = make_user("sponsor@birch.example", "Sy Sponsor", credentials="M.D., MBA")
    executive = make_user("ceo@birch.example", "Ed Executive", credentials="MBA")
    administrator = make_user("office@alder.example", "Al Office", credentials="MD")
    grant_membership(user=sponsor, practice=birch, role=PracticeRole.SPONSOR)
    grant_membership(user=executive, practice=birch, role=PracticeRole.SPONSOR)
    grant_membership(user=administrator, practice=alder, role=PracticeRole.ADMINISTRATOR)
    for user in (physician, manager, faculty, advisor, sponsor):
        assert signed_in(user).get(NEW).status_code == 200, user
    for user in (executive, administrator, staff):
        assert signed_in(user).get(NEW).status_code == 403, user
        assert "/topics/mine/" not in signed_in(user).get("/home/", follow=True).content.decode()
    assert Client().get(NEW).status_code == 302


def test_physician_reaches_library_and_topics_from_home(physician):
    page = text(signed_in(physician).get("/home/", follow=True))
    assert 'href="/library/"' in page
    assert 'href="/topics/mine/"' in page


def test_list_asks_as_much_for_three_topics_as_for_one(physician):
    client, counts = signed_in(physician), []
    for number in range(3):
        a_topic(physician, title=f"Topic number {number}")
        with count_queries() as counted:
            client.get(MINE)
        counts.append(len(counted))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("bad", ["\x00", "x" * 100_000, "' & | !:*", "<script>", "99999999999999999999"])
def test_hostile_words_are_kept_or_refused_in_words(bad, physician):
    client = signed_in(physician)
    assert client.get(LIKELY, {"title": bad * 8, "key": bad}).status_code == 200
    for name in ("title", "why_now", "key", "seen", "destination", "do"):
        assert client.post(
            NEW, typed(**{name: bad, "key" if name != "key" else "do": str(uuid.uuid4())})
        ).status_code in (
            302,
            422,
        )

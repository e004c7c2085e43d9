"""The advisory group's board: moving, scoring blind, conflicts, discussion, export."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from tests.fixtures import make_user, signed_in
from tests.queries import count_queries
from tests.topics.samples import a_conference, a_draft, a_topic, mails, reviewed, score, text
from topics.models import Comment, Conflict, Score, Topic, TopicEvent
from topics.moving import place
from topics.scoring import declare_conflict, say

BOARD, EXPORT = "/topics/board/", "/topics/board/export/"
MARKS = {"do": "score", "relevance": "5", "evidence": "4", "reach": "3"}


def at(topic) -> str:
    return reverse("topics:board_topic", args=[topic.pk])


def exported(user, query="") -> list[dict]:
    body = signed_in(user).get(EXPORT + query).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_board_shows_topics_in_their_columns_with_counts(physician, advisor):
    a_topic(physician)
    reviewed(a_topic(physician, title="Biosimilars at home"), advisor)
    a_draft(physician, title="Not yet")
    page = text(signed_in(advisor).get(BOARD))
    assert 'Proposed <span class="meta">1</span>' in page
    assert 'Accepted <span class="meta">1</span>' in page
    assert "Not yet" not in page
    assert "Dr. Phil Ottershaw" in page


def test_member_moves_a_topic_and_the_proposer_hears_of_each_step(physician, advisor):
    topic, client = a_topic(physician), signed_in(advisor)
    for seen, to in (("proposed", "in_review"), ("in_review", "accepted")):
        response = client.post(at(topic), {"do": "move", "seen": seen, "to": to}, follow=True)
        assert "The proposer hears of it" in text(response)
    client.post(at(topic), {"do": "decline", "seen": "accepted", "reason": "No room this year."})
    assert [mail.subject.split("“")[0] for mail in mails("topic_moved")] == [
        "We have your topic ",
        "In review: ",
        "Accepted: ",
        "Not this time: ",
    ]
    assert mails("topic_moved")[-1].paragraphs[-1] == "No room this year."
    own = text(signed_in(physician).get(reverse("topics:topic", args=[topic.pk])))
    assert "No room this year." in own
    assert "The advisory group took it into review" in own
    assert advisor.name not in own


def test_click_on_the_board_leads_back_to_it(physician, advisor):
    click = {"do": "move", "from": "board", "seen": "proposed", "to": "in_review"}
    response = signed_in(advisor).post(at(a_topic(physician)), click, follow=True)
    assert response.redirect_chain == [(BOARD, 302)]
    assert "is in review now" in text(response)


def test_declining_needs_a_reason_and_keeps_what_was_typed(physician, advisor):
    topic = a_topic(physician)
    response = signed_in(advisor).post(at(topic), {"do": "decline", "seen": "proposed", "reason": " "})
    assert response.status_code == 422
    assert "Say why: the proposer reads it." in text(response)
    topic.refresh_from_db()
    assert topic.state == "proposed"


def test_move_of_one_who_looked_before_another_moved_is_refused(physician, advisor, member):
    topic = a_topic(physician)
    reviewed(topic, member, "in_review")
    stale = {"do": "decline", "seen": "proposed", "reason": "Old."}
    response = signed_in(advisor).post(at(topic), stale, follow=True)
    assert "it is in review now" in text(response)
    again = signed_in(advisor).post(at(topic), {"do": "move", "seen": "proposed", "to": "in_review"}, follow=True)
    assert "is in review now" in text(again)
    assert TopicEvent.objects.filter(topic=topic).count() == 2


@pytest.mark.parametrize("to", ["accepted", "scheduled", "draft", "nonsense", ""])
def test_topic_does_not_go_where_there_is_no_way(to, physician, advisor):
    topic = a_topic(physician)
    signed_in(advisor).post(at(topic), {"do": "move", "seen": "proposed", "to": to})
    topic.refresh_from_db()
    assert topic.state == "proposed"


def test_score_is_given_blind_and_then_shows_the_others(physician, advisor, member):
    topic = a_topic(physician)
    score(topic, member, 2, 2, 1)
    say(topic=topic, by=member, text="zanzibar")
    client = signed_in(advisor)
    for page in (client.get(at(topic)), client.get(BOARD)):
        assert member.name not in text(page)
        assert "zanzibar" not in text(page)
        assert "1.7" not in text(page)
    assert "Hidden until you score" in str(exported(advisor))
    response = client.post(at(topic), MARKS, follow=True)
    assert member.name in text(response)
    assert "zanzibar" in text(response)
    assert "Mean of 2" in text(response)
    assert '<td class="num">3.5</td><td class="num">3.0</td><td class="num">2.0</td>' in text(response)
    assert "from 2 scores" in text(client.get(BOARD))
    [row] = exported(advisor)
    assert (row["Scores that count"], row["Relevance"], row["Overall"]) == ("2", "3.5", "2.8")


def test_score_stays_as_it_was_given(physician, advisor):
    topic, client = a_topic(physician), signed_in(advisor)
    client.post(at(topic), MARKS)
    assert "Your scores are kept" in text(client.post(at(topic), MARKS, follow=True))
    response = client.post(at(topic), {**MARKS, "reach": "5"}, follow=True)
    assert "A score stays as it was given" in text(response)
    assert Score.objects.get().reach == 3


@pytest.mark.parametrize("bad", [{"reach": "6"}, {"reach": "0"}, {"reach": ""}, {"reach": "\x00"}, {"reach": "9" * 50}])
def test_scores_are_from_one_to_five(bad, physician, advisor):
    assert signed_in(advisor).post(at(a_topic(physician)), MARKS | bad).status_code == 422
    assert not Score.objects.exists()


def test_declared_conflict_leaves_the_score_out_also_later(physician, advisor, member):
    topic = a_topic(physician)
    score(topic, member, 1, 1, 1)
    score(topic, advisor, 5, 5, 5)
    client = signed_in(member)
    response = client.post(at(topic), {"do": "conflict", "why": "I am paid for it."}, follow=True)
    page = text(signed_in(advisor).get(at(topic)))
    assert "Means of 1 score; 1 left out for a conflict of interest." in page
    assert "I am paid for it." in page
    assert "Mean of 1" in text(response)
    [row] = exported(advisor)
    assert (row["Scores that count"], row["Overall"]) == ("1", "5.0")
    with pytest.raises(ValidationError, match="leaves the decision to the others"):
        reviewed(topic, member, "in_review")


def test_member_with_a_conflict_sees_the_scores_and_gives_none(physician, advisor, member):
    topic = a_topic(physician)
    score(topic, member, 4, 4, 4)
    client = signed_in(advisor)
    client.post(at(topic), {"do": "conflict", "why": "My own study."})
    assert member.name in text(client.get(at(topic)))
    response = client.post(at(topic), MARKS, follow=True)
    assert "so you do not score this topic" in text(response)
    client.post(at(topic), {"do": "conflict", "why": "Another."})
    assert Conflict.objects.get().why == "My own study."


def test_proposer_in_the_group_neither_scores_nor_sees_nor_moves(advisor, member):
    topic = a_topic(advisor)
    score(topic, member, 2, 2, 2)
    say(topic=topic, by=member, text="zanzibar")
    client = signed_in(advisor)
    page = text(client.get(at(topic)))
    assert "You proposed this topic" in page
    for form in (MARKS, {"do": "conflict", "why": "Mine."}, {"do": "comment", "text": "Take it."}):
        client.post(at(topic), form)
    client.post(at(topic), {"do": "move", "seen": "proposed", "to": "in_review"})
    for hidden in (client.get(at(topic)), client.get(BOARD)):
        assert "zanzibar" not in text(hidden)
        assert "2.0" not in text(hidden)
    assert (Score.objects.count(), Conflict.objects.count(), Comment.objects.count()) == (1, 0, 1)
    topic.refresh_from_db()
    assert topic.state == "proposed"
    assert exported(advisor)[0]["Overall"] == "Hidden until you score"


def test_staff_see_the_board_and_no_scores(physician, advisor, staff):
    topic = a_topic(physician)
    score(topic, advisor, 5, 5, 4)
    say(topic=topic, by=advisor, text="zanzibar")
    declare_conflict(topic=a_topic(physician, title="Another one here"), member=advisor, why="marzipan")
    client = signed_in(staff)
    for page in (client.get(BOARD), client.get(at(topic)), *map(client.get, map(at, Topic.objects.all()))):
        assert page.status_code == 200
        for hidden in ("zanzibar", "4.7", "marzipan"):
            assert hidden not in text(page)
    for form in (MARKS, {"do": "comment", "text": "Hm"}, {"do": "move", "seen": "proposed", "to": "in_review"}):
        client.post(at(topic), form)
    topic.refresh_from_db()
    assert (topic.state, Score.objects.count(), Comment.objects.count()) == ("proposed", 1, 1)
    assert {row["Overall"] for row in exported(staff)} == {"Hidden until you score"}


def test_who_did_not_score_while_it_was_open_never_sees(physician, advisor, member):
    topic = a_topic(physician)
    score(topic, member, 2, 2, 1)
    reviewed(topic, member)
    client = signed_in(advisor)
    assert "you did not score it while it was open" in text(client.get(at(topic)))
    assert "while they are proposed or in review" in text(client.post(at(topic), MARKS, follow=True))
    assert "1.7" not in text(client.get(BOARD))


def test_member_whose_role_ended_is_out(physician, advisor):
    topic = a_topic(physician)
    score(topic, advisor, 5, 5, 5)
    advisor.network_roles.update(ended_at=topic.proposed_at)
    assert signed_in(advisor).get(at(topic)).status_code == 403


def test_word_in_the_discussion_is_kept_once(physician, advisor):
    topic, client = a_topic(physician), signed_in(advisor)
    response = client.post(at(topic), {"do": "comment", "text": "Early."}, follow=True)
    assert "Score this topic first" in text(response)
    client.post(at(topic), MARKS)
    for _ in range(2):
        client.post(at(topic), {"do": "comment", "text": "We need this before <b>June</b>."})
    assert Comment.objects.count() == 1
    assert "&lt;b&gt;June" in text(client.get(at(topic)))


def test_filters_narrow_the_board_and_the_file(physician, advisor, member):
    first, second = a_topic(physician), a_topic(physician, title="Biosimilars at home", destination="national")
    score(first, advisor, 3, 3, 3)
    for query, there in (
        ("?q=biosim", [second]),
        ("?destination=regional", [first]),
        ("?only=to_score", [second]),
        ("?q=nothing+like+it", []),
        ("?destination=nonsense&conference=nonsense&only=x&state=y&q=%00", [first, second]),
    ):
        page = text(signed_in(advisor).get(BOARD + query))
        assert [topic for topic in (first, second) if topic.title in page] == there, query
        assert {row["Title"] for row in exported(advisor, query)} == {topic.title for topic in there}, query
    place(topic=reviewed(second, member), conference=a_conference(), by=member)
    [row] = exported(advisor, f"?conference={Topic.objects.get(pk=second.pk).conference_id}")
    assert row["Conference"] == "Mountain States Meeting 2026"


def test_long_column_is_cut_and_can_be_seen_whole(physician, advisor):
    for number in range(17):
        a_topic(physician, title=f"Topic {number:02d} of many")
    client = signed_in(advisor)
    assert "Topic 16 of many" not in text(client.get(BOARD))
    assert "All 17" in text(client.get(BOARD))
    assert "Topic 16 of many" in text(client.get(BOARD + "?state=proposed"))


def test_file_runs_nothing_in_a_spreadsheet(physician, advisor):
    a_topic(physician, title="=HYPERLINK(1)", audience=" @SUM(1)", evidence="-2+3", why_now="\t=1")
    [row] = exported(advisor)
    values = (row["Title"], row["Audience"], row["Evidence"], row["Why now"])
    assert values == ("'=HYPERLINK(1)", "'@SUM(1)", "'-2+3", "'=1")


def test_board_is_closed_to_others(physician, manager, faculty, outsider):
    topic = a_topic(physician)
    for user in (physician, manager, faculty, outsider):
        client = signed_in(user)
        for path in (BOARD, EXPORT, at(topic)):
            assert client.get(path).status_code == 403
        assert client.post(at(topic), {"do": "move", "seen": "proposed", "to": "in_review"}).status_code == 403
    assert Client().get(BOARD).status_code == 302


def test_draft_is_not_on_the_board(physician, advisor):
    assert signed_in(advisor).get(at(a_draft(physician))).status_code == 404


def test_board_asks_as_much_for_three_topics_as_for_one(physician, advisor):
    client, counts = signed_in(advisor), {BOARD: [], EXPORT: []}
    for number in range(3):
        topic = a_topic(physician, title=f"Topic number {number}")
        other = make_user(f"m{number}@network.example")
        grant_network_role(user=other, role=NetworkRole.AUTHOR)
        score(topic, other, 3, 3, 3)
        score(topic, advisor, 3, 3, 3)
        for path, counted in counts.items():
            with count_queries() as queries:
                client.get(path)
            counted.append(len(queries))
    for counted in counts.values():
        assert counted[0] == counted[2]
    with count_queries() as queries:
        client.get(at(topic))
    assert len(queries) <= 25


@pytest.mark.parametrize("bad", ["\x00", "x" * 100_000, "\ud83d", "' OR 1=1 --"])
def test_hostile_posts_are_refused_in_words(bad, physician, advisor):
    client, topic = signed_in(advisor), a_topic(physician)
    bad = bad.encode("utf-8", "replace").decode()
    for do in (
        "move",
        "decline",
        "score",
        "conflict",
        "comment",
        "place",
        "session",
        "module",
        "speaker",
        "remove",
        bad,
    ):
        names = ("to", "seen", "reason", "why", "text", "conference", "cohort", "program", "name", "email", "speaker")
        response = client.post(at(topic), {"do": do, **dict.fromkeys(names, bad)})
        assert response.status_code in (302, 422), do
    assert client.get(BOARD, dict.fromkeys(("q", "destination", "conference", "only", "state"), bad)).status_code == 200

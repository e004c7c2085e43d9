"""One network with rows that could leak, made by the product's own actions, each at its own time.

Alder and birch share a cohort; cedar's three leaders make the room of six that a release needs. Alder has one leader
who has done everything, one who is in the middle and has opted out of being seen, one in another cohort, and one
who has left. What may be read by whom is in markers.py.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from certificates.network.actions import make_standard_designs
from certificates.practice.models import Certificate
from cohorts.network.actions import add_session, announce_ended_sessions, cancel_session, create_cohort
from cohorts.network.models import Cohort, CohortSession, PageAnswer, Requirement
from cohorts.practice import asking, attending, checking, enrolling, learning, nominating
from cohorts.practice.models import Completion, Enrollment, PageRecord
from cohorts.practice.profiles import save_profile
from cohorts.staff.regrading import note_mended_keys
from curriculum.actions import make_front_page, make_info_page, make_program, open_cms_to_roles
from curriculum.checking import checks_of
from curriculum.models import LessonPage, ModuleFaculty, ModulePage, Video
from feedback.network.actions import publish_decision
from feedback.network.models import Answer
from feedback.network.to_dos import make_to_do
from feedback.practice.actions import submit_response
from feedback.practice.models import SurveyInvitation
from feedback.staff.nightly import close_ended
from lms import clock
from lms.accounts.actions import accept_invitation, grant_network_role, send_invitation_again
from lms.accounts.enums import NetworkRole
from lms.accounts.models import Invitation, User
from lms.outbox.delivery import deliver
from lms.outbox.models import OutboxRow
from lms.people.actions import record_access
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.crawl import markers
from tests.crawl.markers import NAMES
from tests.curriculum.factory import lesson, module
from tests.fixtures import make_user
from topics import becoming, moving, scoring, speaker_pages
from topics.conferring import save_conference
from topics.enums import TopicState
from topics.proposing import propose, save_draft
from topics.speaking import ask_speaker


def _at(year: int, month: int, day: int, hour: int = 18) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


SPRING, JUNE, AFTER_OPENING = _at(2025, 6, 2), _at(2025, 6, 9), _at(2025, 9, 13)
OCTOBER, NOVEMBER, NOW = _at(2025, 10, 6), _at(2025, 11, 3), _at(2025, 12, 15)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0f01f00"
    "0500010213a0c2a10000000049454e44ae426082"
)
CHECK = {
    "type": "check",
    "title": "Check yourself",
    "pass_mark": 100,
    "attempts": 2,
    "questions": [
        {
            "kind": "single",
            "text": "What follows the fee?",
            "options": [
                {"text": f"The {markers.OPTION}", "correct": True, "reason": f"Right, by the {markers.REASON}."},
                {"text": "The weather", "correct": False, "reason": f"Wrong, by the {markers.REASON}."},
            ],
        }
    ],
}


@dataclass
class World:
    """What the tests look up: people by key, and the rows whose ids fill in URLs."""

    alder: Practice
    birch: Practice
    cedar: Practice
    people: dict[str, User]
    rows: dict[str, Any]


def build() -> World:
    """Make everything, up to NOW."""
    practices = {key: Practice.objects.get(slug__startswith=key) for key in ("alder", "birch", "cedar")}
    world = World(**practices, people={}, rows={})
    with clock.at(SPRING):
        _curriculum(world)
        _people(world)
        _cohorts(world)
        _leaders(world)
    with clock.at(JUNE):
        _accounts(world)
    with clock.at(AFTER_OPENING):
        _opening(world)
    with clock.at(OCTOBER):
        close_ended()
    with clock.at(NOVEMBER):
        _reading(world)
        _topics(world)
    with clock.at(NOW):
        _december(world)
    return world


def _curriculum(world: World) -> None:
    front = make_front_page(title="Physician Leadership Program", lede="Two years for physicians who lead.")
    for slug in ("help", "privacy", "accessibility"):
        make_info_page(parent=front, title=slug.title(), slug=slug, body="<p>Words.</p>")
    open_cms_to_roles()
    make_standard_designs(signatories=[("Marguerite Dolan", "Program Director")])
    reflection = {"type": "reflection", "prompt": "Which number would start an argument?"}
    heading = {"type": "heading", "value": "Where it begins"}
    checklist = {"type": "checklist", "title": "Before the meeting", "items": ["Ask for the packet"]}
    program = make_program(
        parent=front,
        title="Leading a Practice",
        slug="leadership",
        modules=[
            module(
                "Finance",
                [lesson("Reading a packet"), lesson("Five numbers", more=[heading, CHECK, reflection, checklist])],
            ),
            module("Speaking", [lesson("One message")], year=2, opens=12, due=15),
        ],
        sessions=[{"title": "Opening days", "year": 1, "month": 0, "mode": "in_person", "minutes": 480}],
    )
    lessons = list(LessonPage.objects.descendant_of(program).order_by("path"))
    checked = lessons[1]
    world.rows |= {
        "program": program,
        "module": ModulePage.objects.child_of(program).order_by("path").first(),
        "lessons": lessons[:2],
        "lesson": checked,
        "check": checks_of(checked)[0],
        "block": next(block.id for block in checked.body if block.block_type == "reflection"),
        "checklist": next(block.id for block in checked.body if block.block_type == "checklist"),
        "video": Video.objects.create(
            title="Crawl", file=ContentFile(b"video", "crawl.webm"), captions=ContentFile(b"WEBVTT", "crawl.vtt")
        ).pk,
        "path": default_storage.save("images/crawl.png", ContentFile(PIXEL)),
    }


def _people(world: World) -> None:
    for key, name, role in (
        ("staff", "Tess Park", NetworkRole.STAFF),
        ("faculty", "Dana Whitlock", NetworkRole.FACULTY),
        ("idle_faculty", "Ivo Marchetti", NetworkRole.FACULTY),
        ("advisor", "Ruth Adler", NetworkRole.PUBLISHER),
    ):
        world.people[key] = make_user(f"{key}@network.example", name)
        grant_network_role(user=world.people[key], role=role)
    for key, practice, role in (
        ("manager", world.alder, PracticeRole.MANAGING_PHYSICIAN),
        ("administrator", world.alder, PracticeRole.ADMINISTRATOR),
        ("physician", world.alder, PracticeRole.PHYSICIAN),
        ("birch_manager", world.birch, PracticeRole.MANAGING_PHYSICIAN),
        ("birch_administrator", world.birch, PracticeRole.ADMINISTRATOR),
    ):
        world.people[key] = make_user(f"{key}@{practice.slug}.example", NAMES[key])
        grant_membership(user=world.people[key], practice=practice, role=role)
    world.people["nobody"] = make_user("nobody@elsewhere.example", "Nora Body")


def _cohorts(world: World) -> None:
    program, faculty = world.rows["program"], [world.people["faculty"]]
    cohort = create_cohort(
        program=program, name="Cohort 2025", starts_on=dt.date(2025, 9, 8), nominations_close_on=dt.date(2026, 1, 31)
    )
    later = create_cohort(
        program=program,
        name="Cohort October",
        starts_on=dt.date(2025, 10, 6),
        nominations_close_on=dt.date(2026, 1, 31),
    )
    opening = cohort.sessions.get()
    opening.faculty.set(faculty)
    # In year one for the first cohort, and not asked for, so that a year can be complete.
    coming = add_session(
        cohort=cohort,
        title="Office hours",
        mode="virtual",
        starts_at=_at(2026, 1, 22, 23),
        ends_at=_at(2026, 1, 23, 0),
        time_zone="America/Chicago",
        meeting_url="https://meet.example/room",
        faculty=faculty,
        required=False,
    )
    cancelled = add_session(
        cohort=cohort,
        title="Site visit",
        mode="in_person",
        starts_at=_at(2026, 3, 12),
        ends_at=_at(2026, 3, 12, 20),
        time_zone="America/Denver",
        required=False,
    )
    cancel_session(cohort_session=cancelled)
    world.rows |= {"cohort": cohort, "later": later, "opening": opening, "coming": coming}


def _nominated(world: World, practice: Practice, key: str, name: str, *, cohort: Cohort | None = None, **fields):
    by = "birch_manager" if practice == world.birch else "manager"
    return nominating.nominate(
        practice=practice,
        cohort=cohort or world.rows["cohort"],
        sponsor=world.people[by],
        name=name,
        email=f"{key}@{practice.slug.split('-')[0]}.example",
        **{"why": "Leads already.", "protected_hours": 4, "credentials": "MD"} | fields,
    )


def _leaders(world: World) -> None:
    words = {"why": markers.WHY, "goals": markers.GOALS}
    for practice, key, fields in (
        (world.alder, "ada", words),
        (world.alder, "abe", words),
        (world.alder, "amy", {}),
        (world.alder, "alan", {"cohort": world.rows["later"]}),
        (world.birch, "bea", {"why": markers.BIRCH_WHY}),
        *((world.cedar, key, {}) for key in ("cleo", "cora", "curt")),
    ):
        name = NAMES.get(key, f"{key.title()} Cedarfolk")
        nomination = _nominated(world, practice, key, name, **fields)
        nominating.answer_nomination(practice=practice, nomination=nomination, yes=True)
        enrollment = nominating.accept_nomination(practice=practice, nomination=nomination, by=world.people["staff"])
        world.people[key] = enrollment.person.user
        world.rows[key] = enrollment.pk
    _undecided(world)


def _undecided(world: World) -> None:
    """Nominations in each state, of physicians who are no leaders."""
    staff, alder = world.people["staff"], world.alder
    for state in ("submitted", "confirmed", "waitlisted", "declined", "refused", "withdrawn"):
        name = NAMES["bert"] if state == "submitted" else f"{state.title()} Person"
        nomination = _nominated(world, alder, state, name, why=markers.WHY, goals=markers.GOALS)
        if state in ("confirmed", "waitlisted", "declined", "refused"):
            nominating.answer_nomination(practice=alder, nomination=nomination, yes=state != "refused")
        if state == "waitlisted":
            nominating.waitlist_nomination(practice=alder, nomination=nomination, by=staff)
        elif state == "declined":
            nominating.decline_nomination(practice=alder, nomination=nomination, by=staff, reason=markers.DECLINED)
        elif state == "withdrawn":
            nominating.withdraw_nomination(practice=alder, nomination=nomination)
        world.rows[state] = nomination
    _nominated(world, world.birch, "bess", NAMES["bess"], why=markers.BIRCH_WHY)


def _accounts(world: World) -> None:
    """Everybody but Abe accepts the invitation; Abe's link stays open."""
    for key in ("ada", "amy", "alan", "bea", "cleo", "cora", "curt"):
        user = world.people[key]
        invitation = Invitation.objects.get(user=user)
        accept_invitation(
            invitation=invitation,
            generation=invitation.generation,
            password="correct horse battery",
            name=user.name,
            credentials="MD",
            time_zone="America/Los_Angeles",
        )
    for key in world.people:
        world.people[key] = User.objects.get(pk=world.people[key].pk)


def _enrollment(world: World, key: str) -> Enrollment:
    """The leader's enrollment; call it within their practice."""
    return Enrollment.objects.select_related("nomination__cohort", "person__user").get(pk=world.rows[key])


def _home(world: World, key: str) -> Practice:
    return {"b": world.birch, "c": world.cedar}.get(key[0], world.alder)


ROOM = ("ada", "abe", "amy", "bea", "cleo", "cora", "curt")


def _opening(world: World) -> None:
    """The room was full, and six of seven said what they thought of it."""
    opening = CohortSession.objects.get(pk=world.rows["opening"].pk)
    for key in ROOM:
        attending.mark_attendance(
            practice=_home(world, key),
            enrollment_id=world.rows[key],
            cohort_session=opening,
            attendance="attended",
            how="in_person",
            by=world.people["faculty"],
        )
    announce_ended_sessions()
    for key in ROOM:
        if key != "abe":
            with enter(_home(world, key)):
                asked = SurveyInvitation.objects.get(person__user=world.people[key], window__cohort_session=opening)
                submit_response(
                    invitation=asked,
                    answers={"session-useful": 4, "session-recommend": 8, "session-helped": markers.RELEASED},
                )


def _asking(world: World) -> None:
    """Ada asks the module's faculty; another question stands answered with the lesson."""
    faculty, lesson = world.people["faculty"], world.rows["lesson"]
    ModuleFaculty.objects.create(module=world.rows["module"], user=faculty)
    with enter(world.alder):
        ada = _enrollment(world, "ada")
        world.rows["faculty_question"] = asking.ask_faculty(
            practice=world.alder, enrollment=ada, page=lesson, text=markers.QUESTION
        ).pk
    answer = PageAnswer.objects.create(page=lesson, question="Why?", answer="So.", by=faculty, at=clock.now())
    world.rows["page_answer"] = answer.pk


def _reading(world: World) -> None:
    """Ada and Bea finish year one; Abe has used up the attempts and asks for more; Alan is on leave; Amy leaves."""
    check = world.rows["check"]
    right = {question.id: list(question.right_ids) for question in check.questions}
    wrong = {
        question.id: [option.id for option in question.options if not option.correct] for question in check.questions
    }
    first, checked = world.rows["lessons"]
    for key in ("ada", "bea"):
        with enter(_home(world, key)):
            enrollment = _enrollment(world, key)
            for chosen in (wrong, right):
                checking.submit_check(enrollment=enrollment, lesson=checked, check_id=check.id, chosen=chosen)
            text = markers.REFLECTION if key == "ada" else "Mine."
            learning.save_reflection(enrollment=enrollment, lesson=checked, block_id=world.rows["block"], text=text)
            for page in (first, checked):
                learning.complete_lesson(enrollment=enrollment, lesson=page)
            profile = markers.PROFILE if key == "ada" else markers.BIRCH_PROFILE
            save_profile(person=enrollment.person, profile=profile, hidden_from_peers=False)
    _asking(world)
    with enter(world.alder):
        ada = _enrollment(world, "ada")
        world.rows["completion"] = Completion.objects.get(record__person=ada.person, record__page=checked.pk).pk
        abe, amy, alan = (_enrollment(world, key) for key in ("abe", "amy", "alan"))
        for _ in range(2):
            checking.submit_check(enrollment=abe, lesson=checked, check_id=check.id, chosen=wrong)
        checking.ask_for_attempts(enrollment=abe, lesson=checked)
        save_profile(person=abe.person, profile="Unseen.", hidden_from_peers=True)
        world.rows["record"] = PageRecord.objects.get(person=abe.person, page=checked.pk).pk
        world.rows["ruling"] = enrolling.rule(
            enrollment=abe,
            requirement=Requirement.objects.get(cohort=world.rows["cohort"], module=world.rows["module"]),
            kind="extended",
            until=dt.date(2026, 2, 2),
            reason=markers.RULING,
            by=world.people["staff"],
        ).pk
        enrolling.withdraw_enrollment(enrollment=amy)
        enrolling.pause_enrollment(enrollment=alan, reason=markers.PAUSE)
    for row in OutboxRow.objects.filter(kind="issue_certificate"):
        deliver(str(row.pk))


def _topics(world: World) -> None:
    """A physician's draft and proposal; the latter scored, discussed, on a program, a session and a module."""
    words = {"destination": "regional", "why_now": "It changed.", "audience": "All", "level": "advanced"}
    words |= {"format": "talk", "proposed_speakers": "", "evidence": markers.TOPIC_EVIDENCE}
    own, advisor, staff = {"proposer": world.people["physician"]}, world.people["advisor"], world.people["staff"]
    world.rows["draft"] = save_draft(**own, pk=uuid.uuid4(), **words | {"title": markers.TOPIC_DRAFT})
    topic = propose(topic=save_draft(**own, pk=uuid.uuid4(), title="Biosimilars at home", **words))
    scoring.give_score(topic=topic, member=advisor, relevance=5, evidence=4, reach=3)
    scoring.say(topic=topic, by=advisor, text=markers.TOPIC_COMMENT)
    for state in ("in_review", "accepted"):
        topic = moving.move(topic=topic, to=TopicState(state), by=advisor, seen=topic.state)
    days = {"starts_on": dt.date(2026, 5, 8), "ends_on": dt.date(2026, 5, 9), "time_zone": "America/Denver"}
    conference = save_conference(name="Mountain Meeting", scope="regional", place="Denver", audience="", **days)
    topic = moving.place(topic=topic, conference=conference, by=advisor)
    becoming.make_session(topic=topic, cohort=world.rows["cohort"], by=staff)
    becoming.make_module(topic=topic, program=world.rows["program"], by=advisor)
    speaker = ask_speaker(topic=topic, name="Sol Speaker", email=markers.SPEAKER, by=advisor)
    speaker_pages.save_page(user=world.people["ada"], line="Speaks of fees.", topics="Fees")
    page = speaker_pages.publish(user=world.people["ada"])
    declined = propose(topic=save_draft(**own, pk=uuid.uuid4(), title="Not this one", **words))
    moving.move(topic=declined, to=TopicState.DECLINED, by=advisor, seen="proposed", reason=markers.TOPIC_DECLINED)
    world.rows |= {"topic": topic, "conference": conference, "speaker": speaker, "speaker_page": page}


def _december(world: World) -> None:
    with enter(world.alder):
        world.rows["certificate"] = Certificate.objects.select_related("registry").get()
        ada = _enrollment(world, "ada")
        attending.rsvp(enrollment=ada, cohort_session=world.rows["coming"], coming=True)
        record_access(person=ada.person, viewer=world.people["manager"], role="Managing physician", what="The page")
        world.rows["invitation"] = SurveyInvitation.objects.get(person=ada.person, window__module=world.rows["module"])
    with enter(world.birch):
        asked = SurveyInvitation.objects.get(person__user=world.people["bea"], window__module=world.rows["module"])
        submit_response(invitation=asked, answers={"module-useful": 2, "module-change": markers.UNRELEASED})
    world.rows["account_invitation"] = send_invitation_again(
        invitation=Invitation.objects.get(user=world.people["abe"]), by=world.people["staff"]
    )
    publish_decision(
        by=world.people["staff"],
        cohort=world.rows["cohort"],
        said="Start later.",
        did="We start at nine.",
        comments=Answer.objects.filter(shown_in__isnull=False).exclude(text="").values_list("pk", flat=True)[:1],
    )
    _mended(world)
    world.rows["to_do"] = make_to_do(
        by=world.people["advisor"],
        title="Start the opening days later",
        cohort_session=world.rows["opening"],
        comments=Answer.objects.filter(shown_in__isnull=False).exclude(text="").values_list("pk", flat=True)[:1],
    )
    world.rows["page_to_do"] = make_to_do(
        by=world.people["advisor"], title="Show a bad packet too", page=world.rows["lesson"]
    )
    rows = OutboxRow.objects.filter(done_at=None)
    deliver(str(rows.filter(kind="certificate_ready").first().pk))
    stopped = rows.filter(kind="nomination_question").first()
    OutboxRow.objects.filter(pk=stopped.pk).update(stopped_at=clock.now(), last_error=markers.OUTBOX)
    world.rows["row"] = stopped.pk


def _mended(world: World) -> None:
    """The key of the check is turned around in a new revision; the attempts wait for staff to decide."""
    lesson = LessonPage.objects.get(pk=world.rows["lesson"].pk)
    check = next(block for block in lesson.body if block.block_type == "check")
    for option in check.value["questions"][0]["options"]:
        option["correct"] = not option["correct"]
    lesson.save_revision().publish()
    [world.rows["key_change"]] = note_mended_keys(page_id=lesson.pk)

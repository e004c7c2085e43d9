"""Every main page of each role against WCAG 2.2 AA, in light and dark, on a phone and on a desktop."""

from pathlib import Path

import axe_core_python
import pytest
from django.urls import reverse
from playwright.sync_api import Page

from cohorts.practice.nomination_links import path_to_answer
from feedback.practice.links import survey_link
from feedback.practice.models import SurveyInvitation
from lms.accounts.invitations import token_of
from lms.accounts.models import Invitation
from lms.practices.schema import enter
from tests.browser.busy import Busy
from tests.browser.visitor import DESKTOP, PHONE
from tests.browser.world import PASSWORD

AXE = Path(axe_core_python.__file__).with_name("axe.min.js").read_text()
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.flatMap(({id, nodes}) =>
    nodes.map((node) => `${id} at ${node.target.join(" ")}: ${node.failureSummary.replaceAll("\\n", " ")}`));
}"""


def at(name: str, *args) -> str:
    return reverse(name, args=args)


def public(busy: Busy) -> list[str]:
    invitation = Invitation.objects.get(user__email="office@network.example")
    with enter(busy.alder):
        asked = SurveyInvitation.objects.get(person=busy.leela.person, window__module__isnull=False)
        survey = survey_link(busy.alder, asked).removeprefix(busy.site.address)
    return [
        "/",
        "/help/",
        "/privacy/",
        "/accessibility/",
        "/accounts/login/",
        "/accounts/password/reset/",
        "/no-such-page/",
        at("certificates_network:lookup"),
        at("certificates_network:verify", busy.certificate.registry.number),
        at("certificates_network:verify", "NOT-A-NUMBER"),
        at("own_account:invitation", token_of(invitation, invitation.generation)),
        path_to_answer(practice=busy.alder, nomination=busy.asked),
        survey,
    ]


def leader(busy: Busy) -> list[str]:
    here, first, checked = busy.alder.slug, busy.tree.lessons[0], busy.tree.checked
    with enter(busy.alder):
        asked = SurveyInvitation.objects.get(person=busy.leela.person, window__module__isnull=False)
    return [
        *(at(f"cohorts_practice:{page}", here) for page in ("journey", "modules", "sessions", "profile", "access_log")),
        at("cohorts_practice:module", here, busy.tree.modules[0].pk),
        at("cohorts_practice:module", here, busy.tree.modules[1].pk),
        at("cohorts_practice:lesson", here, first.pk),
        at("cohorts_practice:lesson", here, checked.pk),
        at("cohorts_practice:cohort_session", here, busy.past.pk),
        at("cohorts_practice:cohort_session", here, busy.coming.pk),
        at("cohorts_practice:join", here, busy.coming.pk),
        at("cohorts_practice:peer", here, busy.noor.pk),
        at("feedback_practice:surveys", here),
        at("feedback_practice:survey", here, asked.pk),
        at("certificates_practice:certificates", here),
        at("own_account:account"),
        "/accounts/password/change/",
        "/staff/cohorts/",  # a closed door
    ]


def trying(busy: Busy) -> list[str]:
    """A leader who has not passed the check yet."""
    return [
        at("cohorts_practice:journey", busy.alder.slug),
        at("cohorts_practice:lesson", busy.alder.slug, busy.tree.checked.pk),
    ]


def leadership(busy: Busy) -> list[str]:
    here = busy.alder.slug
    return [
        at("cohorts_practice:practice_home", here),
        at("cohorts_practice:leader", here, busy.leela.pk),
        at("cohorts_practice:nominations", here),
        at("cohorts_practice:new_nomination", here),
        at("cohorts_practice:withdraw_nomination", here, busy.asked.pk),
        at("certificates_practice:certificates", here),
    ]


def staff(busy: Busy) -> list[str]:
    cohort, coming = busy.cohort.pk, busy.coming.pk
    module = busy.cohort.requirements.filter(module__isnull=False).first()
    return [
        at("cohorts_staff:cohorts"),
        at("cohorts_staff:new_cohort"),
        *(at(f"cohorts_staff:{page}", cohort) for page in ("cohort", "edit_cohort", "plan", "new_leader")),
        at("cohorts_staff:plan", cohort) + f"?change={module.pk}",
        at("cohorts_staff:new_session", cohort),
        at("cohorts_staff:sessions"),
        *(at(f"cohorts_staff:{page}", coming) for page in ("cohort_session", "edit_session", "cancel_session")),
        at("cohorts_staff:cohort_session", busy.past.pk),
        at("cohorts_staff:edit_session", busy.past.pk),
        at("cohorts_staff:attendance", busy.past.pk),
        at("cohorts_staff:nominations") + "?state=all",
        at("cohorts_staff:nomination", busy.alder.slug, busy.confirmed.pk),
        at("cohorts_practice:leader", busy.alder.slug, busy.noor.pk),
        at("portal:people"),
        at("portal:add_person"),
        at("portal:person", busy.leela.person.user_id),
        at("feedback_staff:review"),
        at("feedback_staff:comments", "session-helped"),
        at("feedback_staff:comments", "session-change"),
        at("feedback_staff:decide", cohort),
        at("certificates_staff:certificates"),
        at("certificates_staff:revoke", busy.certificate.pk),
        at("outbox:outbox"),
        at("outbox:demo_mails"),
    ]


def faculty(busy: Busy) -> list[str]:
    return [
        at("cohorts_staff:faculty_sessions"),
        at("cohorts_staff:cohort_session", busy.past.pk),
        at("cohorts_staff:attendance", busy.past.pk),
        at("feedback_staff:mine"),
    ]


def advisor(busy: Busy) -> list[str]:
    pages = [busy.tree.program, busy.tree.modules[0], busy.tree.checked]
    return [
        at("portal:advisory"),
        at("curriculum_library:library"),
        at("feedback_staff:review"),
        *(page.url for page in pages),
        at("curriculum:evidence", busy.tree.modules[0].pk),
        at("curriculum:evidence", busy.tree.checked.pk),
        at("cohorts_staff:session_evidence", busy.past.pk),
        at("to_dos:listed"),
        at("to_dos:listed") + "?state=settled",
        at("to_dos:new") + f"?page={busy.tree.checked.pk}",
        at("to_dos:to_do", busy.to_do.pk),
        at("to_dos:to_do", busy.closed.pk),
        *(at(f"to_dos:{name}", busy.to_do.pk) for name in ("change", "publish", "settle")),
    ]


WHO = {
    public: None,
    leader: "leela.raghunathan@alder-oncology.example",
    trying: "noor.haddad@alder-oncology.example",
    leadership: "mona@alder.example",
    staff: "tess@network.example",
    faculty: "dana@network.example",
    advisor: "ruth@network.example",
}


@pytest.mark.parametrize("pages", WHO, ids=lambda pages: pages.__name__)
def test_pages_keep_to_wcag(visitors, busy, pages):
    # The tool is put into the page, which the page's own policy forbids.
    options = {"bypass_csp": True, "reduced_motion": "reduce"}
    email = WHO[pages]
    page = visitors.signed_in(email, PASSWORD, PHONE, **options) if email else visitors.open(PHONE, **options)
    page.add_init_script(AXE)
    faults: list[str] = []
    for path in pages(busy):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in (200, 403, 404), path
        faults += looked_at(page, path)
    assert not faults, "\n".join(faults)


def test_refused_forms_keep_to_wcag(visitors, busy):
    page = visitors.signed_in(WHO[leadership], PASSWORD, PHONE, bypass_csp=True, reduced_motion="reduce")
    page.add_init_script(AXE)
    path = at("cohorts_practice:new_nomination", busy.alder.slug)
    page.goto(path)
    page.get_by_role("button", name="Send nomination").click()
    page.get_by_role("alert").first.wait_for()
    faults = looked_at(page, path)
    assert not faults, "\n".join(faults)


def looked_at(page: Page, path: str) -> list[str]:
    """What axe finds. Only contrast depends on the colors, so the dark page is asked about that alone."""
    page.evaluate("for (const one of document.querySelectorAll('details:not(.menu)')) one.open = true")
    faults = []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for scheme, rules in (("light", LEVELS), ("dark", ["color-contrast"])):
            page.emulate_media(color_scheme=scheme)
            faults += [f"{path} ({size['width']}, {scheme}): {fault}" for fault in page.evaluate(RUN, rules)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"{path} ({size['width']}): the page scrolls sideways")
    return faults

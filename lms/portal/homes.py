"""The homes of a signed-in person: one for each role, in each practice."""

from dataclasses import dataclass

from django.urls import reverse

from cohorts.practice.queries import enrolled_in
from curriculum.permissions import READING_ROLES
from lms.accounts.queries import is_advisor, is_faculty, is_staff, opens_cms
from lms.practices.enums import LEADERSHIP_ROLES
from lms.practices.models import Practice
from lms.practices.queries import held_memberships
from topics.permissions import proposes


@dataclass(frozen=True)
class Home:
    """One place where a role begins. `admits` are the roles of views (see lms.practices.access) that belong to it."""

    kind: str
    label: str
    text: str
    url: str
    icon: str
    admits: frozenset[str]
    practice: Practice | None = None


@dataclass(frozen=True)
class Link:
    """One link of the frame, as base.html shows it."""

    url: str
    label: str
    icon: str
    current: bool = False


def homes_of(user) -> list[Home]:
    """Every home of `user`, the leader's first. Kept on the user object, which lives for one request.

    Three queries at most: network roles, memberships, and enrollments across the person's practices.
    """
    if not user.is_authenticated:
        return []
    if not hasattr(user, "_homes"):
        user._homes = _all_homes(user)
    return user._homes


def _all_homes(user) -> list[Home]:
    roles: dict[Practice, set[str]] = {}
    for row in held_memberships(user):
        roles.setdefault(row.practice, set()).add(row.role)
    enrolled = enrolled_in(user, practices=list(roles))
    homes = [_leader(practice) for practice, leads in enrolled.items() if leads]
    homes += [_leadership(practice, held) for practice, held in roles.items() if held & set(LEADERSHIP_ROLES)]
    homes += [_record(practice) for practice, leads in enrolled.items() if not leads]
    if is_staff(user):
        homes.append(
            Home(
                "staff",
                "Program staff",
                "Cohorts, sessions, nominations, people and feedback of the whole program.",
                reverse("cohorts_staff:cohorts"),
                "layout-dashboard",
                frozenset({"staff"}),
            )
        )
    if is_faculty(user):
        homes.append(
            Home(
                "faculty",
                "Faculty",
                "Your sessions, who is coming, and what the room thought.",
                reverse("cohorts_staff:faculty_sessions"),
                "presentation",
                frozenset({"faculty", "proposer"}),
            )
        )
    if is_advisor(user):
        homes.append(
            Home(
                "advisor",
                "Advisory group",
                "The curriculum in the CMS, and what leaders said about it.",
                reverse("portal:advisory"),
                "lightbulb",
                frozenset({"advisor", "proposer"}),
            )
        )
    if not homes and roles:
        homes.append(
            Home(
                "library",
                "Library",
                "The program’s modules and lessons, to search and to read.",
                reverse("curriculum_library:library"),
                "library",
                frozenset({"physician", "proposer"}),
            )
        )
    return homes


def _leader(practice: Practice) -> Home:
    return Home(
        "leader",
        f"Your journey, {practice.name}",
        "Where you are in the program, and what is next.",
        reverse("cohorts_practice:journey", args=[practice.slug]),
        "map",
        frozenset({"leader", "proposer", "any leader"}),
        practice,
    )


def _record(practice: Practice) -> Home:
    return Home(
        "former leader",
        f"Your record, {practice.name}",
        "What you did in the program, and the certificates you earned.",
        reverse("cohorts_practice:journey", args=[practice.slug]),
        "map",
        frozenset({"former leader"}),
        practice,
    )


def _leadership(practice: Practice, held: set[str]) -> Home:
    return Home(
        "leadership" if held & set(READING_ROLES) else "administrator",
        practice.name,
        "Your practice’s leaders and their milestones, and nominations.",
        reverse("cohorts_practice:practice_home", args=[practice.slug]),
        "users",
        frozenset({"leadership", "administrator", "proposer"}),
        practice,
    )


LIBRARY = "curriculum_library:library"
OF_NO_PRACTICE = ("portal:", "curriculum_library:", "topics:")
IN_TAB_BAR = 5  # links that base.html shows at the foot of a phone

# Pages whose address does not begin with that of the link under which they stand.
BENEATH = {
    "cohorts_staff:mended_keys": "cohorts_staff:cohorts",
    "cohorts_staff:mended_key": "cohorts_staff:cohorts",
    "topics:propose": "topics:mine",
    "topics:manage": "topics:board",
    "topics:new_conference": "topics:board",
    "topics:edit_conference": "topics:board",
    "topics:remove_conference": "topics:board",
    "wagtail_serve": LIBRARY,
    "curriculum:checklist": LIBRARY,
    "curriculum:glossary": LIBRARY,
    "cohorts_staff:cohort_session": "cohorts_staff:faculty_sessions",
    "cohorts_staff:attendance": "cohorts_staff:faculty_sessions",
}

# The way around in each home: (name of the URL, label, icon), in the order shown.
NAVIGATION: dict[str, list[tuple[str, str, str]]] = {
    "leader": [
        ("cohorts_practice:journey", "Journey", "map"),
        ("cohorts_practice:modules", "Modules", "book-open"),
        ("cohorts_practice:sessions", "Sessions", "calendar"),
        ("feedback_practice:surveys", "Feedback", "message-square"),
        ("certificates_practice:certificates", "Certificates", "award"),
        # On a phone it has no room in the bar: the modules' page begins with the library's search there.
        (LIBRARY, "Library", "library"),
        ("topics:mine", "Topics", "lightbulb"),
    ],
    "former leader": [
        ("cohorts_practice:journey", "Your record", "map"),
        ("certificates_practice:certificates", "Certificates", "award"),
        (LIBRARY, "Library", "library"),
        ("topics:mine", "Topics", "lightbulb"),
    ],
    "leadership": [
        ("cohorts_practice:practice_home", "Practice", "users"),
        ("cohorts_practice:nominations", "Nominations", "user-plus"),
        ("certificates_practice:certificates", "Certificates", "award"),
        (LIBRARY, "Library", "library"),
        ("topics:mine", "Topics", "lightbulb"),
    ],
    "administrator": [
        ("cohorts_practice:practice_home", "Practice", "users"),
        ("cohorts_practice:nominations", "Nominations", "user-plus"),
        ("certificates_practice:certificates", "Certificates", "award"),
    ],
    "staff": [
        ("cohorts_staff:cohorts", "Cohorts", "layout-dashboard"),
        ("cohorts_staff:sessions", "Sessions", "calendar"),
        ("cohorts_staff:nominations", "Nominations", "user-plus"),
        ("cohorts_staff:questions", "Questions", "circle-question-mark"),
        ("portal:people", "People", "users"),
        ("feedback_staff:review", "Feedback", "message-square"),
        ("certificates_staff:certificates", "Certificates", "award"),
        ("outbox:outbox", "Outbox", "send"),
        ("topics:board", "Topics", "lightbulb"),
    ],
    "faculty": [
        ("cohorts_staff:faculty_sessions", "Sessions", "presentation"),
        ("cohorts_staff:questions", "Questions", "circle-question-mark"),
        ("feedback_staff:mine", "Feedback", "message-square"),
        (LIBRARY, "Library", "library"),
        ("topics:mine", "Topics", "lightbulb"),
    ],
    "advisor": [
        ("portal:advisory", "Advisory group", "users"),
        (LIBRARY, "Library", "library"),
        ("feedback_staff:review", "Feedback", "message-square"),
        ("wagtailadmin_home", "CMS", "pencil"),
        ("topics:board", "Topics", "lightbulb"),
    ],
    "library": [(LIBRARY, "Library", "library"), ("topics:mine", "Topics", "lightbulb")],
}


def current_home(request) -> Home | None:
    """The home that the page being shown belongs to; with a single home, always that one."""
    homes = homes_of(request.user)
    if len(homes) == 1:
        return homes[0]
    match = request.resolver_match
    if match and _in_library(match.view_name or ""):
        return next((home for home in homes if any(name == LIBRARY for name, *_ in NAVIGATION[home.kind])), None)
    admitted: frozenset[str] = getattr(match.func, "admits", frozenset()) if match else frozenset()
    fitting = [home for home in homes if home.practice in (None, request.practice) and home.admits & admitted]
    # A page open to several roles is shown as the first of them, a home as the one whose home it is.
    return next((home for home in fitting if home.url == request.path), fitting[0] if fitting else None)


def _in_library(view_name: str) -> bool:
    """What belongs to no practice and is every reader's: it stands under the first home that leads to it."""
    return view_name.startswith("curriculum_library:") or BENEATH.get(view_name) == LIBRARY


def navigation(request) -> list[Link]:
    """The main links of the current home; the one that the page stands under is marked."""
    home = current_home(request)
    if home is None:
        return []
    links = [link for link in NAVIGATION[home.kind] if link[0] != "topics:mine" or proposes(request.user)]
    urls = {name: _address(name, home) for name, *_ in links}
    match = request.resolver_match
    here = urls.get(BENEATH.get(match.view_name or "", "") if match else "")
    here = here or max((url for url in urls.values() if request.path.startswith(url)), key=len, default=None)
    return [Link(urls[name], label, icon, urls[name] == here) for name, label, icon in links]


def _address(name: str, home: Home) -> str:
    """The portal, the library and topics belong to no practice."""
    args = [home.practice.slug] if home.practice and not name.startswith(OF_NO_PRACTICE) else []
    return reverse(name, args=args)


def account_links(request) -> list[Link]:
    """What the account menu holds: the other homes, pages that a phone's bar has no room for, one's own pages."""
    homes = homes_of(request.user)
    links = []
    if len(homes) > 1:
        here = current_home(request)
        links = [Link(home.url, home.label, home.icon, home == here) for home in homes]
    links += navigation(request)[IN_TAB_BAR:]
    for home in homes:
        if home.kind in ("leader", "former leader") and home.practice:
            url = reverse("cohorts_practice:access_log", args=[home.practice.slug])
            links.append(Link(url, "Who looked at my record", "eye", request.path == url))
    if any(home.kind == "leader" for home in homes):
        url = reverse("topics:speaker_page")
        links.append(Link(url, "Your speaker page", "megaphone", request.path == url))
    if opens_cms(request.user):
        links.append(Link(reverse("wagtailadmin_home"), "Edit the curriculum", "pencil"))
    url = reverse("own_account:account")
    links.append(Link(url, "Account", "user", request.path == url))
    return links

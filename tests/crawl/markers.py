"""Words that stand in the world's rows, and who may read each of them. Whoever else reads one has found a leak."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """`text` may be shown to `readers` (keys of people in world.py), and to anybody on pages below `open_at`."""

    text: str
    readers: frozenset[str]
    open_at: tuple[str, ...] = ()


def _secret(text: str, *readers: str, open_at: Iterable[str] = ()) -> Secret:
    return Secret(text, frozenset(readers), tuple(open_at))


LEADERSHIP = ("manager", "administrator")  # of alder
ROOM = ("staff", "faculty")  # who see everybody that sits in the session
# Who reads the curriculum, a check's options with it but never its key: not a practice's administrator.
READERS = ("ada", "abe", "alan", "bea", "amy", "physician", "manager", "birch_manager")
READERS += ("staff", "faculty", "idle_faculty", "advisor")
PEERS = ("ada", "abe", "bea")  # of the cohort, who have not left it
# A certificate's number opens its page, and a signed link the one thing that it is for.
BY_NUMBER = ("/verify/",)
BY_LINK = ("/nominations/", "/invitations/", "/surveys/")
OWN_PAGE = ("/speakers/ada-quillfeather/",)  # which Ada has published

NAMES = {
    "ada": "Ada Quillfeather",
    "abe": "Abe Thistlewood",  # has opted out of being seen by peers
    "alan": "Alan Rookhope",  # in another cohort
    "amy": "Amy Fennimore",  # has left
    "bea": "Bea Wintergreen",  # of birch
    "bert": "Bert Candlemaker",  # nominated by alder, undecided
    "bess": "Bess Saltmarsh",  # nominated by birch, undecided
    "manager": "Mona Larkspur",
    "administrator": "Alma Brightwater",
    "physician": "Phil Ottershaw",
    "birch_manager": "Otto Strandvik",
    "birch_administrator": "Berta Hollowell",
}
REFLECTION = "zanzibarreflection"
REASON = "marzipanreason"
OPTION = "cobaltoption"
UNRELEASED = "gherkincomment"
RELEASED = "saffroncomment"
WHY = "tamarindwhy"
GOALS = "pomelogoals"
DECLINED = "vetiverdeclined"
BIRCH_WHY = "cardamomwhy"
RULING = "juniperruling"
QUESTION = "sultanaquestion"
PAUSE = "sorrelpause"
PROFILE = "lavenderprofile"
BIRCH_PROFILE = "mulberryprofile"
OUTBOX = "pumiceerror"
TOPIC_DRAFT = "quincedraft"
TOPIC_EVIDENCE = "fennelevidence"
TOPIC_COMMENT = "caperscomment"
TOPIC_DECLINED = "chervildeclined"
SPEAKER = "sol@speaker.example"

SECRETS = (
    # A reflection is its author's alone; what was said in a survey nobody's before a release.
    _secret(REFLECTION, "ada"),
    _secret(UNRELEASED),
    _secret(RELEASED, "staff", "advisor"),
    # Reasons say which option is right: for whoever has answered.
    _secret(REASON, "ada", "abe", "bea"),
    _secret(OPTION, *READERS),
    _secret(WHY, *LEADERSHIP, "staff", open_at=BY_LINK),
    _secret(GOALS, *LEADERSHIP, "staff", open_at=BY_LINK),
    _secret(DECLINED, *LEADERSHIP, "staff", open_at=BY_LINK),
    _secret(BIRCH_WHY, "birch_manager", "birch_administrator", "staff"),
    # To faculty, who alone besides staff read who asks what.
    _secret(QUESTION, "ada", "staff", "faculty"),
    _secret(RULING, "abe", *LEADERSHIP, "staff"),
    _secret(PAUSE, "alan", *LEADERSHIP, "staff"),
    _secret(PROFILE, *PEERS, *LEADERSHIP, "staff"),
    _secret(BIRCH_PROFILE, *PEERS, "birch_manager", "birch_administrator", "staff"),
    _secret(OUTBOX, "staff"),
    # A draft is its proposer's alone; what was proposed is the group's, and of others' topics one sees the title.
    _secret(TOPIC_DRAFT, "physician"),
    _secret(TOPIC_EVIDENCE, "physician", "advisor", "staff"),
    _secret(TOPIC_DECLINED, "physician", "advisor", "staff"),
    _secret(TOPIC_COMMENT, "advisor"),  # who has scored it
    _secret(SPEAKER, "advisor", "staff"),
    _secret(NAMES["ada"], *PEERS, *LEADERSHIP, *ROOM, open_at=(*BY_NUMBER, *OWN_PAGE)),
    _secret(NAMES["abe"], "abe", *LEADERSHIP, *ROOM, open_at=BY_LINK),
    _secret(NAMES["alan"], "alan", *LEADERSHIP, "staff"),
    _secret(NAMES["amy"], "amy", *LEADERSHIP, *ROOM),
    _secret(NAMES["bea"], *PEERS, *ROOM, "birch_manager", "birch_administrator", open_at=BY_NUMBER),
    _secret(NAMES["bert"], *LEADERSHIP, "staff", open_at=BY_LINK),
    _secret(NAMES["bess"], "birch_manager", "birch_administrator", "staff"),
    # Another practice is named where its leaders are peers, and to those who run the program.
    _secret("Birch Hematology", *PEERS, *ROOM, "birch_manager", "birch_administrator", open_at=BY_NUMBER),
    *(
        _secret(f"{key}@{host}.example", key, *ours, "staff", open_at=BY_LINK)
        for key, host, ours in (
            ("ada", "alder", LEADERSHIP),
            ("abe", "alder", LEADERSHIP),
            ("alan", "alder", LEADERSHIP),
            ("amy", "alder", LEADERSHIP),
            ("bea", "birch", ("birch_manager", "birch_administrator")),
            ("bess", "birch", ("birch_manager", "birch_administrator")),
        )
    ),
)


def leaks(reader: str, url: str, body: bytes) -> list[str]:
    """What `body`, shown at `url` to the person of that key, says that they must not read."""
    if url.startswith("/cms/"):  # the editor, for those who write the checks
        return []
    return [
        f"{reader} reads “{secret.text}” at {url}"
        for secret in SECRETS
        if reader not in secret.readers and not url.startswith(secret.open_at or "\n") and secret.text.encode() in body
    ]

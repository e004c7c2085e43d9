"""The pictures of README and guides, taken from a running demo: `make screenshots`.

    BASE_URL=http://localhost:8000/ python -m lms.demo.screenshots

Signs in as each role, looks at the pages that the guides tell about, and writes docs/images/*.png. It types into
forms and opens panels, but sends nothing besides the sign-in, so the demo stays as it was. Needs Chromium on PATH, and
for the picture of a certificate pdftoppm (Debian's poppler-utils); without that, the picture in the repository stays.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, sync_playwright

from lms.demo.camera import DESK, IMAGES, PHONE, SITE, Camera, Stop, save

MAILED_TRIED = 5
LESSON = "main a.button[href*='/lessons/']"
CHECKED = "everyone+feed"  # finds a lesson with a hard question in its check
DRAWN_MS = 3000  # editor and preview say nowhere that they are drawn
ADDRESS = re.compile(r"\S+@\S+")


def leader(camera: Camera) -> None:
    """A leader's two years, and the certificate that they hold."""
    camera.go("/home/")
    camera.shoot("journey")
    camera.shoot("journey-phone", PHONE)
    if camera.page.locator(LESSON).count():
        lesson = camera.follow(LESSON)
        camera.shoot("lesson-phone", PHONE)
        if camera.page.locator("form[action*='/checks/']").count():
            camera.shoot("check", at=f"section:has(form[action^='{lesson}checks/'])")
        camera.go("/home/")
    else:
        print("  lesson-phone.png and check.png stay as they are: no lesson is begun. `make reset` begins afresh.")
    camera.follow("main ol.agenda a[href*='/sessions/']:not([href$='.ics'])")
    camera.shoot("session")
    camera.go("/home/")
    camera.follow("nav a[href$='/surveys/']")
    camera.shoot("you-said")
    camera.follow("nav a[href$='/certificates/']")
    pdf = camera.page.locator("a[href$='.pdf']").first.get_attribute("href")
    camera.follow("a[href*='/verify/']")
    camera.shoot("verify")
    certificate(camera.context.request.get(f"{SITE}{pdf}").body())
    beyond(camera)


def beyond(camera: Camera) -> None:
    """What a leader has besides lessons: a question to faculty, the library, topics, a page as a speaker."""
    camera.follow("nav a[href$='/modules/']")
    camera.follow("main a[href*='/modules/']")
    camera.page.locator("#questions summary").last.click()
    camera.take("ask", at="#questions")
    camera.go("/library/?q=negotation")
    camera.shoot("library")
    camera.go("/topics/new/")
    camera.page.locator("[name=title]").press_sequentially("Biosimilars and the worried patient")
    camera.page.locator("#likely .notice").wait_for()
    camera.take("propose")
    camera.go("/speakers/mine/")
    camera.follow("main a[href^='/speakers/']:not([href*='/mine/'])")
    camera.shoot("speaker")


def certificate(pdf: bytes) -> None:
    """The first page of a certificate as a picture."""
    tool = shutil.which("pdftoppm")
    if tool is None:
        print("  certificate.png stays as it is: pdftoppm is not on PATH (Debian: poppler-utils).")
        return
    drawn = subprocess.run([tool, "-png", "-r", "130", "-singlefile", "-"], input=pdf, capture_output=True, check=True)
    save("certificate", drawn.stdout, width=DESK[0])


def practice(camera: Camera) -> None:
    """What a practice sees of its own leaders."""
    camera.go("/home/")
    camera.shoot("practice")
    camera.follow("nav a[href$='/nominations/']")
    camera.shoot("nominations")
    camera.follow("a[href$='/nominations/new/']")
    camera.shoot("nominate")


def faculty(camera: Camera) -> None:
    """What faculty see of their own sessions."""
    camera.go("/home/")
    camera.shoot("faculty")
    camera.follow("main a[href$='/attendance/']")
    camera.shoot("attendance")
    camera.go("/staff/feedback/mine/")
    camera.shoot("faculty-feedback")


def advisor(camera: Camera) -> None:
    """The group's home, a lesson in the CMS with what stands beside it, a review, the topic board."""
    camera.go("/home/")
    camera.shoot("advisory")
    editor(camera)
    camera.go("/reviews/")
    camera.follow("main section[aria-labelledby='waiting'] a")
    camera.shoot("review")
    board(camera)


def editor(camera: Camera) -> None:
    """What the editor of a lesson with a check opens beside it, and what the CMS has for checks and drafts."""
    camera.go(f"/library/?q={CHECKED}&kind=lesson")
    camera.follow("#answer .results h3 a")
    camera.follow("main a[href$='/edit/']")
    edited = urlsplit(camera.page.url).path
    camera.page.locator("[data-contentpath=body] [data-streamfield-child]").first.wait_for()
    camera.page.wait_for_timeout(DRAWN_MS)
    camera.take("cms", at="[data-contentpath=body]")
    camera.go(edited)
    beside(camera, "evidence")
    camera.page.locator("[data-evidence-state=loaded]").wait_for()
    camera.take("evidence")
    camera.go(edited)
    beside(camera, "preview")
    camera.page.locator("[data-side-panel=preview] iframe").first.wait_for()
    camera.page.wait_for_timeout(DRAWN_MS)
    camera.take("preview")
    camera.go("/cms/question_bank/")
    camera.follow("main td a[href*='/question-banks/']")
    camera.shoot("bank")


def beside(camera: Camera, panel: str) -> None:
    """Open a panel beside the text, if it is not open from the last time."""
    if not camera.page.locator(f"[data-side-panel={panel}]").is_visible():
        camera.page.locator(f"[data-side-panel-toggle={panel}]").click()


def board(camera: Camera) -> None:
    """The topic board, one topic whose scores are seen, and what anybody reads of it."""
    camera.go("/topics/board/")
    camera.shoot("topic-board")
    camera.follow("#columns li:has(strong.num) h3 a")
    camera.shoot("topic")
    camera.go("/conferences/")
    camera.shoot("conferences")


def staff(camera: Camera) -> None:
    """The board and the other pages from which staff run the program."""
    camera.go("/home/")
    # The latest cohort is listed first and the one with the longest record last.
    found = camera.page.locator("main a[href$='/plan/']")
    plan = found.last.get_attribute("href") or ""
    camera.go(plan)
    camera.shoot("plan")
    if camera.page.locator("main a[href$='/differences/']").count():
        camera.follow("main a[href$='/differences/']")
        camera.shoot("differences")
    camera.go(plan.removesuffix("plan/"))
    camera.shoot("board")
    camera.go("/staff/nominations/")
    camera.follow("main a[href*='/staff/nominations/']")
    camera.shoot("nomination")
    camera.go("/staff/feedback/")
    camera.shoot("feedback")
    camera.go("/staff/people/")
    camera.shoot("people")


def survey(browser: Browser, camera: Camera) -> None:
    """A survey on a phone, of the first leader among those mailed of late who still has one to answer."""
    camera.go("/demo/mail/")
    rows = camera.page.locator("main tr", has_text="what was it worth to you?").all()
    addresses = [found[0] for row in rows if (found := ADDRESS.search(row.inner_text()))]
    for address in list(dict.fromkeys(addresses))[:MAILED_TRIED]:
        asked = Camera(browser, address)
        asked.go("/home/")
        asked.follow("nav a[href$='/surveys/']")
        if asked.page.locator("main a[href*='/surveys/']").count():
            asked.follow("main a[href*='/surveys/']")
            asked.shoot("survey-phone", PHONE)
            return
    print("  survey-phone.png stays as it is: no survey is open in this demo. `make reset` begins afresh.")


ROLES: list[Callable[[Camera], None]] = [leader, practice, faculty, advisor, staff]


def main() -> None:
    """Take every picture."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise Stop("No chromium on PATH. Install it (Debian: apt-get install chromium), then try again.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        for role in ROLES:
            print(f"As {role.__name__}")
            try:
                camera = Camera(browser, f"{role.__name__}@demo.example")
                role(camera)
                if role is staff:
                    survey(browser, camera)
            except Error as error:
                raise Stop(
                    f"{SITE}/ does not answer as the demo does. Start it with `make demo`, or name another address: "
                    f"`BASE_URL=http://localhost:8123/ make screenshots`.\n{error.message.splitlines()[0]}"
                ) from error
        browser.close()
    size = sum(picture.stat().st_size for picture in IMAGES.glob("*.png"))
    print(f"docs/images: {size / 1_000_000:.1f} MB")


if __name__ == "__main__":
    try:
        main()
    except Stop as stop:
        sys.exit(str(stop))

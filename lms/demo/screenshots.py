"""The pictures of README and guides, taken from a running demo: `make screenshots`.

    BASE_URL=http://localhost:8000/ python -m lms.demo.screenshots

Signs in as each role, looks at the pages that the guides tell about, and writes docs/images/*.png. It presses
no button but the one that signs in, so the demo stays as it was. Needs Chromium on PATH, and for the picture of a
certificate pdftoppm (Debian's poppler-utils); without that, the picture in the repository stays.
"""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
SITE = os.environ.get("BASE_URL", "http://localhost:8000/").rstrip("/")
DESK, PHONE = (1280, 900), (390, 844)  # CSS pixels, and the pictures' size
COLORS = 96
MAILED_TRIED = 5
ADDRESS = re.compile(r"\S+@\S+")


class Stop(Exception):
    """No picture can be taken; the message is a sentence for the person at the terminal."""


class Camera:
    """One signed-in person with two windows, one of a desk's size and one of a phone's."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(reduced_motion="reduce", color_scheme="light")
        self.page: Page = self.context.new_page()
        self.go("/accounts/login/")
        self.page.fill("[name=login]", address)
        self.page.fill("[name=password]", "demo")
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url, timeout=15_000)

    def go(self, path: str) -> None:
        """Open a path of the site; refuse an error page, for no guide shows one on purpose."""
        answer = self.page.goto(SITE + path)
        if answer is None or not answer.ok:
            raise Stop(f"{path} answered {answer.status if answer else 'nothing'}.")

    def follow(self, selector: str) -> str:
        """Open what the first link that matches leads to, and return its path."""
        href = self.page.locator(selector).first.get_attribute("href")
        if not href:
            raise Stop(f"There is no link {selector} on {self.page.url}.")
        path = urlsplit(href)
        self.go(path.path + (f"?{path.query}" if path.query else ""))
        return path.path

    def shoot(self, name: str, size: tuple[int, int] = DESK, *, at: str | None = None) -> None:
        """Take the window, scrolled to the element `at` where one is named."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.reload()
        self.page.evaluate("document.fonts.ready")
        if at:
            self.page.locator(at).first.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 24)")
        save(name, self.page.screenshot(animations="disabled"))


def save(name: str, png: bytes, width: int | None = None) -> None:
    """Write a picture with a palette: these pages have few colors, and a repository keeps every version."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    small = picture.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    IMAGES.mkdir(parents=True, exist_ok=True)
    small.save(IMAGES / f"{name}.png", optimize=True)
    print(f"  {name}.png")


def leader(camera: Camera) -> None:
    """A leader's two years, and the certificate that they hold."""
    camera.go("/home/")
    camera.shoot("journey")
    camera.shoot("journey-phone", PHONE)
    lesson = camera.follow("main a.button[href*='/lessons/']")
    camera.shoot("lesson-phone", PHONE)
    if camera.page.locator("form[action*='/checks/']").count():
        camera.shoot("check", at=f"section:has(form[action^='{lesson}checks/'])")
    camera.go("/home/")
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
    """A lesson in the CMS, found through the curriculum as a reader sees it."""
    camera.go("/home/")
    camera.shoot("advisory")
    camera.go("/library/")
    camera.follow("main a[href^='/program/']")
    camera.follow("main a[href^='/program/'][href*='/']:not([href='/program/'])")
    title = camera.page.locator("h1").inner_text()
    camera.go("/cms/pages/search/?q=" + re.sub(r"\W+", "+", title))
    camera.follow("main a[href$='/edit/']")
    camera.shoot("cms")


def staff(camera: Camera) -> None:
    """The board and the other pages from which staff run the program."""
    camera.go("/home/")
    # The latest cohort is listed first and the one with the longest record last.
    found = camera.page.locator("main a[href$='/plan/']")
    plan = found.last.get_attribute("href") or ""
    camera.go(plan)
    camera.shoot("plan")
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

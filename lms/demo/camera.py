"""What takes the pictures of the documents: a signed-in person's browser, and a file with few colors."""

import io
import os
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
SITE = os.environ.get("BASE_URL", "http://localhost:8000/").rstrip("/")
DESK, PHONE = (1280, 900), (390, 844)  # CSS pixels, and the pictures' size
COLORS = 96
TO_THE_TOP = "e => { e.style.scrollMarginTop = '4rem'; e.scrollIntoView({ behavior: 'instant' }); }"


class Stop(Exception):
    """No picture can be taken; the message is a sentence for the person at the terminal."""


class Camera:
    """One signed-in person with two windows, one of a desk's size and one of a phone's."""

    def __init__(self, browser: Browser, address: str) -> None:
        window: ViewportSize = {"width": DESK[0], "height": DESK[1]}
        self.context = browser.new_context(viewport=window, reduced_motion="reduce", color_scheme="light")
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
        """Load the page in a window of this size and take it, scrolled to the element `at` where one is named."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.reload()
        self.take(name, at=at)

    def take(self, name: str, *, at: str | None = None) -> None:
        """Take the window as it stands, with what was typed or unfolded in it."""
        self.page.evaluate("document.fonts.ready")
        if at:
            self.page.locator(at).first.evaluate(TO_THE_TOP)
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

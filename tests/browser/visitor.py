"""People at their browsers. Whatever a browser complains of fails the test."""

from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


class Visitors:
    """Opens pages, each with cookies of its own, and keeps what their browsers complained of."""

    def __init__(self, browser: Browser, address: str):
        self.browser = browser
        self.address = address
        self.complaints: list[str] = []
        self._open: list = []

    def open(self, size: dict = DESKTOP, **options) -> Page:
        """A page of somebody who has not been here before."""
        context = self.browser.new_context(viewport=size, base_url=self.address, locale="en-US", **options)
        context.set_default_timeout(20_000)
        self._open.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._console(page, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self._response)
        return page

    def signed_in(self, email: str, password: str, size: dict = DESKTOP, **options) -> Page:
        """A page of somebody who has just signed in through the form."""
        page = self.open(size, **options)
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).not_to_have_url(f"{self.address}/accounts/login/")
        return page

    def close(self) -> None:
        for context in self._open:
            context.close()
        self._open.clear()

    def _console(self, page: Page, message) -> None:
        # The browser's own line about a refused form (422) or a door that is closed (403, 404) is no fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{page.url}: {message.text}")

    def _response(self, response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.complaints.append(f"{response.request.method} {response.url}: {response.status}")

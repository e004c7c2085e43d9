"""A real browser on the real processes, shared by the tests of a module."""

import shutil
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from playwright.sync_api import expect, sync_playwright

from tests.browser.busy import Busy, make_busy
from tests.browser.site import Site
from tests.browser.visitor import Visitors
from tests.conftest import database_of_its_own
from tests.live import prepared

expect.set_options(timeout=15_000)  # machines that test are busy

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Without a browser these tests say why they are skipped."""
    if CHROMIUM is None:
        for item in items:
            if "tests/browser/" in item.path.as_posix():
                item.add_marker(pytest.mark.skip(reason="No chromium on PATH: install Debian's package chromium."))


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, headless."""
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def site(template_database, django_db_blocker, worker_id, tmp_path_factory):
    """Web server and worker on a database of the module's own."""
    folder = tmp_path_factory.mktemp("site")
    with database_of_its_own(template_database, django_db_blocker) as database:
        processes, shared = prepared(database, folder, worker_id)
        with override_settings(**shared, BASE_URL=processes.environment["BASE_URL"]):
            _move_network(processes.environment["BASE_URL"])
            processes.worker()
            yield Site(processes.web(), processes, folder)
        processes.end()


def _move_network(address: str) -> None:
    """The standing pages are at the address of the tests' client; here a browser opens them."""
    from wagtail.models import Site as WagtailSite

    moved = urlsplit(address)
    WagtailSite.objects.update(hostname=moved.hostname, port=moved.port)


@pytest.fixture(scope="module")
def visitors(browser, site):
    """Opens pages of the site."""
    opened = Visitors(browser, site.address)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def busy(site) -> Busy:
    """A cohort in its third month on the site."""
    return make_busy(site)


@pytest.fixture(autouse=True)
def no_complaints(visitors):
    """No console error, no broken policy, no failed answer, whatever a test looks at."""
    visitors.complaints.clear()
    yield
    assert not visitors.complaints, "\n".join(visitors.complaints)

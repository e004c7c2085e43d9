"""Whoever signs in and follows every link meets no dead end, and changes nothing by it."""

from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest

from tests.crawl.markers import leaks
from tests.crawl.page import Page
from tests.crawl.people import OUT, PEOPLE
from tests.crawl.written import LOOKS, written

MOST_PAGES = 150
# Wagtail's admin has rules of its own; that it opens is enough here.
OTHERS_PAGES = ("/cms/",)
# So far below the frame that a click on them leaves the site's pages.
NO_PAGES = ("/static/",)


def _next(url: str, href: str) -> str | None:
    """Where a link on the page `url` leads on our own host, without its fragment; None for all others."""
    parts = urlsplit(urljoin(f"http://testserver{url}", href))
    if parts.scheme != "http" or parts.netloc != "testserver" or parts.path.startswith(NO_PAGES):
        return None
    return parts._replace(scheme="", netloc="", fragment="").geturl()


def _follow(client, key: str, start: str) -> tuple[dict[str, int], list[str]]:
    """The status of every page that links lead to from `start`, and what is wrong with them."""
    waiting, seen, wrong = deque([(start, "the beginning")]), {}, []
    while waiting and len(seen) < MOST_PAGES:
        url, came_from = waiting.popleft()
        if url in seen:
            continue
        response = client.get(url)
        seen[url] = response.status_code
        if response.status_code in (301, 302):
            on = _next(url, response.headers["Location"])
            if on is not None:
                waiting.appendleft((on, url))
            continue
        if response.status_code != 200:
            wrong.append(f"{key}: {url} -> {response.status_code}, from {came_from}")
            continue
        if not response.headers["Content-Type"].startswith("text/html") or url.startswith(OTHERS_PAGES):
            continue
        wrong += leaks(key, url, response.content)
        page = Page(response.content.decode())
        wrong += [f"{key}: {url} has {fault}" for fault in page.faults]
        waiting.extend((on, url) for href in page.links if (on := _next(url, href)) and on not in seen)
    return seen, wrong


@pytest.mark.parametrize("key", [OUT, *PEOPLE])
def test_links_lead_somewhere_and_do_nothing(key, world, clients):
    seen, wrong = _follow(clients[key], key, "/" if key == OUT else "/home/")
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 1
    assert written(*LOOKS) == {}

"""Asking the library through its page."""

import re

LIBRARY = "/library/"


def ask(client, q="", **filters) -> str:
    response = client.get(LIBRARY, {"q": q, **filters})
    assert response.status_code == 200
    return response.content.decode()


def titles(client, q="", **filters) -> list[str]:
    """The titles of the results, in their order."""
    found = re.findall(r'<h3><a href="[^"]*">(.*?)</a></h3>', ask(client, q, **filters))
    return [re.sub("<.*?>", "", title) for title in found]

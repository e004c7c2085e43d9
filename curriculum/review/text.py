"""What of a revision is its text: what readers see, and not where the page stands or whether it is live."""

import hashlib
import json
import re
from typing import Any

# Wagtail keeps these in a revision too. None of them is read by anybody, or says anything to a reader.
AROUND = frozenset(
    {
        *("pk", "path", "depth", "numchild", "url_path", "owner", "content_type", "show_in_menus", "draft_title"),
        *("live", "has_unpublished_changes", "live_revision", "latest_revision", "latest_revision_created_at"),
        *("first_published_at", "last_published_at", "go_live_at", "expire_at", "expired"),
        *("locked", "locked_at", "locked_by", "translation_key", "locale", "alias_of", "wagtail_admin_comments"),
    }
)
# What the author says about the change. It is reviewed with the text, and as it is here once that is published.
MARK = {"change_kind": "minor", "change_note": ""}
EDITORS_MARK = re.compile(r' data-block-key=\\"[^"\\]*\\"')  # the editor's own names for paragraphs


def digest(content: dict[str, Any], *, marked: bool = True) -> str:
    """A fingerprint of a revision's text: equal for equal words, whoever saved them and whenever.

    With `marked` what the author says about the change counts too.
    """
    read = {
        name: _without_keys(value)
        for name, value in content.items()
        if name not in AROUND and not (name in MARK and (not marked or value == MARK[name]))
    }
    words = json.dumps(read, sort_keys=True, default=str)
    return hashlib.sha256(EDITORS_MARK.sub("", words).encode()).hexdigest()


def same_text(one, other, *, marked: bool = True) -> bool:
    """Whether two revisions say the same; `marked` as for `digest`."""
    return one.pk == other.pk or digest(one.content, marked=marked) == digest(other.content, marked=marked)


def _without_keys(value):
    """Rows below a page get their keys only when it is published."""
    if isinstance(value, list):
        return [_without_keys(item) for item in value]
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if name != "pk"}
    return value

"""Certificates as PDF files, from plain values alone.

Nothing here reads the database, the network or the disk beyond this project's own
fonts, style sheet and template: what the file states comes in as a ``Statement``,
how it looks as a ``Brand``.
"""

from certificates.rendering.brand import Brand, safe_accent
from certificates.rendering.fonts import missing_letters
from certificates.rendering.pdf import PAGES, render_pdf
from certificates.rendering.statement import Statement
from lms.accounts.names import LONGEST_NAME, check_name

__all__ = [
    "LONGEST_NAME",
    "PAGES",
    "Brand",
    "Statement",
    "check_name",
    "missing_letters",
    "render_pdf",
    "safe_accent",
]

"""One certificate for the tests to change."""

from datetime import date
from typing import Any

from certificates.rendering import Brand, Statement

NUMBER = "7K2-M0Q-4ZT-HW9-3X4-D4R"
SVG_LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
    b'<path d="M4 14h40M4 24h28" stroke="#a4502a" stroke-width="4"/></svg>'
)


def statement(**changes: Any) -> Statement:
    values: dict[str, Any] = {
        "name": "Lorraine Begaye",
        "credentials": "MD",
        "award_title": "Physician Leadership Program, year one",
        "program_title": "Physician Leadership Program",
        "year_label": "Year one",
        "network_name": "Cedarline network",
        "practice_name": "Copperline Oncology Partners",
        "practice_city": "Flagstaff",
        "practice_state": "Arizona",
        "cohort_name": "cohort of fall 2024",
        "issued_on": date(2026, 8, 21),
        "counted": ("Five modules: Payor Negotiations and four more.", "Seven sessions."),
        "number": NUMBER,
        "verify_url": f"https://leadership.example.org/verify/{NUMBER}/",
        "signatories": (
            ("Marguerite Dolan", "Program Director"),
            ("Vikram Sethi, MD", "President, Copperline Oncology Partners"),
        ),
    }
    return Statement(**values | changes)


def brand(**changes: Any) -> Brand:
    values: dict[str, Any] = {
        "accent": "#a4502a",
        "logo": SVG_LOGO,
        "logo_type": "image/svg+xml",
    }
    return Brand(**values | changes)

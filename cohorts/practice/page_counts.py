"""What curriculum asks before a page is deleted."""

from lms.practices.across import read_across


def count_page_records(page_ids: list[int]) -> list[tuple[str, int, int]]:
    """How many records of leaders, in how many practices, name one of these pages. See curriculum.guards."""
    if not page_ids:
        return []
    rows = read_across(
        "SELECT count(*) AS records FROM {s}.cohorts_practice_pagerecord WHERE page_id = ANY({page_ids})",
        page_ids=list(page_ids),
    )
    held = [row["records"] for row in rows if row["records"]]
    records = sum(held)
    return [(f"record{'' if records == 1 else 's'} of leaders", records, len(held))]

"""What curriculum asks before a page is published or retired: how many leaders it touches."""

from collections.abc import Mapping, Sequence

from cohorts.network.models import Cohort
from cohorts.practice.enums import EnrollmentState
from curriculum.impact import Reach
from lms.practices.across import read_across

# A leader is part-way who opened one of a subject's pages and has no standing completion of the subject itself.
# Who left the program is not counted: they read, and are told, no more.
_REACH = """
SELECT w.subject, count(*) FILTER (WHERE NOT w.done) AS part_way, count(*) FILTER (WHERE w.done) AS completed
FROM (
    SELECT m.subject, r.person_id, bool_or(c.id IS NOT NULL AND r.page_id = m.subject) AS done
    FROM unnest({subjects}::bigint[], {pages}::bigint[]) AS m(subject, page)
    JOIN {s}.cohorts_practice_pagerecord r ON r.page_id = m.page
    LEFT JOIN {s}.cohorts_practice_completion c ON c.record_id = r.id AND c.withdrawn_at IS NULL
    WHERE EXISTS (SELECT 1 FROM {s}.cohorts_practice_enrollment e
        JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id
        WHERE e.person_id = r.person_id AND e.state <> {withdrawn}
            AND ({cohort}::uuid IS NULL OR n.cohort_id = {cohort}::uuid))
    GROUP BY m.subject, r.person_id
) w GROUP BY w.subject"""


def count_reach(members: Mapping[int, Sequence[int]], *, cohort: Cohort | None = None) -> dict[int, Reach]:
    """See curriculum.impact.register_reach; of one cohort's leaders, where it is given.

    One statement for every 50 practices.
    """
    pairs = [(subject, page) for subject, pages in members.items() for page in pages]
    if not pairs:
        return {}
    rows = read_across(
        _REACH,
        practices=cohort.practices.all() if cohort else None,
        cohort=cohort.pk if cohort else None,
        subjects=[subject for subject, _ in pairs],
        pages=[page for _, page in pairs],
        withdrawn=EnrollmentState.WITHDRAWN.value,
    )
    found: dict[int, Reach] = {}
    for row in rows:
        so_far = found.get(row["subject"], Reach())
        found[row["subject"]] = Reach(
            part_way=so_far.part_way + row["part_way"],
            part_way_practices=so_far.part_way_practices + bool(row["part_way"]),
            completed=so_far.completed + row["completed"],
            completed_practices=so_far.completed_practices + bool(row["completed"]),
        )
    return found

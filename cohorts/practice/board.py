"""A cohort's leaders side by side, for program staff: the same engine, over every practice at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.network.models import Cohort
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.facts import Plan
from cohorts.practice.loading import Leader, leaders_of, plan_of, stand
from cohorts.practice.standing import Pace, Standing
from lms.practices.models import Practice


@dataclass(frozen=True)
class Row:
    leader: Leader
    practice: Practice
    standing: Standing


@dataclass(frozen=True)
class Board:
    cohort: Cohort
    plan: Plan
    rows: tuple[Row, ...]

    def of_pace(self, pace: Pace) -> list[Row]:
        return [row for row in self.rows if row.standing.pace == pace]

    def of_state(self, state: EnrollmentState) -> list[Row]:
        return [row for row in self.rows if row.leader.state == state]


def board(cohort: Cohort, practices: Iterable[Practice] | None = None) -> Board:
    """Every leader of `cohort` as they stand now, by name: four statements, and one more per 50 further practices."""
    chosen = list(cohort.practices.all() if practices is None else practices)
    by_id = {practice.pk: practice for practice in chosen}
    plan = plan_of(cohort)
    rows = (Row(leader, by_id[leader.practice_id], stand(leader, plan)) for leader in leaders_of(cohort, chosen))
    return Board(cohort, plan, tuple(rows))

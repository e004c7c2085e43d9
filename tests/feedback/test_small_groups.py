"""Random populations against the rules: nothing shown is under five people, and no two states subtract to fewer.

What an attacker has is every state that was ever shown: each night, for each question, how many people and how
often each value. The property is checked on all of them, and on sums over windows, since pages show those too.
"""

import datetime as dt
from collections import Counter
from itertools import pairwise

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.network import suppression
from feedback.network.actions import open_module_window
from feedback.network.models import Answer, Response, Window
from feedback.network.releasing import close_window, release_window
from feedback.network.windows import ends_at
from lms import clock
from tests.feedback import world

QUESTIONS = {"module-useful": st.integers(1, 5), "module-recommend": st.integers(0, 10), "module-helped": st.just("x")}
person = st.fixed_dictionaries({}, optional=QUESTIONS)
night = st.lists(person, max_size=9)
life = st.tuples(st.integers(0, 30), st.lists(night, max_size=5))  # asked, and who answers before each night


def answer(window, people) -> None:
    responses = [Response(window=window) for _ in people]
    Response.objects.bulk_create(responses)
    Answer.objects.bulk_create(
        Answer(
            response=response,
            question_key=key,
            **({"text": value} if isinstance(value, str) else {"value": value}),
        )
        for response, given in zip(responses, people, strict=True)
        for key, value in given.items()
    )


def state(windows) -> dict[str, tuple[int, tuple]]:
    """What is shown now: {question: (people, how often each value)}, and the comments under their question."""
    chosen = Window.objects.filter(pk__in=[window.pk for window in windows])
    shown = suppression.shown(suppression.windows_with_releases(chosen))
    states = {figure.key: (figure.n, figure.counts or ()) for figure in shown.figures if not figure.withheld}
    states["people"] = (shown.people or 0, ())
    comments = suppression.comments(windows, question="module-helped").count()
    assert comments == states.get("module-helped", (0,))[0]
    return states


def assert_no_small_difference(states) -> None:
    for before, after in pairwise(states):
        for key, (n, counts) in after.items():
            n_before, counts_before = before.get(key, (0, ()))
            step = n - n_before
            assert step == 0 or step >= 5, (key, n_before, n)
            if counts:
                added = Counter(dict(enumerate(counts)))
                added.subtract(dict(enumerate(counts_before)))
                assert min(added.values()) >= 0  # what was published never changes
                assert sum(added.values()) == step
        assert set(before) <= set(after)


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lives=st.lists(life, min_size=2, max_size=2))
def test_nothing_shown_is_of_fewer_than_five_and_no_two_states_subtract_to_fewer(db, lives):
    with transaction.atomic():
        windows = []
        with clock.at(world.NOON):
            for name in ("One", "Other"):
                windows.append(open_module_window(requirement=world.make_module(world.make_cohort(name))))
        states = [state(windows)]
        of_each = [[state([window])] for window in windows]
        for number in range(max(len(nights) for _, nights in lives) + 1):
            for place, (window, (asked, nights)) in enumerate(zip(windows, lives, strict=True)):
                with clock.at(world.NOON + dt.timedelta(days=number)):
                    if number < len(nights):
                        answer(window, nights[number])
                        release_window(window=window, asked=asked)
                if number == len(nights):
                    with clock.at(ends_at(window)):
                        close_window(window=window, asked=asked)
                of_each[place].append(state([window]))
                states.append(state(windows))
        for each in (states, *of_each):
            for seen in each:
                assert all(n == 0 or n >= 5 for n, _ in seen.values())
            assert_no_small_difference(each)
        # After the close the database holds exactly what is shown, and not one answer more.
        for window, each in zip(windows, of_each, strict=True):
            kept = Counter(Answer.objects.filter(response__window=window).values_list("question_key", flat=True))
            assert kept == {key: n for key, (n, _) in each[-1].items() if key != "people"}
            assert window.responses.count() == each[-1]["people"][0]
        transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.integers(0, 40), people=st.integers(0, 40))
def test_open_window_never_publishes_so_far_that_under_five_are_left(db, asked, people):
    with transaction.atomic(), clock.at(world.NOON):
        window = open_module_window(requirement=world.make_module(world.make_cohort("One")))
        answer(window, [{"module-useful": 4}] * people)
        release = release_window(window=window, asked=asked)
        assert (release is not None) == (people >= 5 and asked - people >= 5)
        transaction.set_rollback(True)

from django.db import connection

from lms.practices.schema import enter


def test_trigrams_are_known_to_the_network_and_to_every_practice(alder):
    def likeness() -> float:
        with connection.cursor() as cursor:
            cursor.execute("SELECT similarity('prior authorization', 'prior autorization')")
            return cursor.fetchone()[0]

    assert likeness() > 0.7
    with enter(alder):
        assert likeness() > 0.7

from certificates.practice.wording import award_title, cohort_words, counted_lines, number_word
from certificates.rendering import PAGES, render_pdf
from tests.certificates.samples import brand, statement


def test_counted_lines_name_modules_and_count_sessions():
    counted = [{"kind": "module", "title": title} for title in ("Payor Negotiations", "Media", "Finance")]
    counted += [{"kind": "session", "title": f"Session {n}"} for n in range(7)]
    assert counted_lines(counted) == ("Three modules: Payor Negotiations, Media, and Finance.", "Seven sessions.")


def test_excused_requirements_are_not_stated():
    counted = [{"kind": "module", "title": "Media", "state": "excused"}, {"kind": "module", "title": "Finance"}]
    assert counted_lines(counted) == ("One module: Finance.",)
    assert counted_lines(counted[:1]) == ()


def test_long_titles_give_way_to_their_number():
    counted = [{"kind": "module", "title": "A title of some fifty characters, as titles go now"}] * 10
    assert counted_lines(counted) == ("Ten modules.",)


def test_titles_that_are_listed_fit_on_the_page_beside_the_longest_name():
    counted = [{"kind": "module", "title": "A title of some forty-five characters, as now"}] * 10
    [line] = counted_lines(counted)
    assert line.startswith("Ten modules: A title")
    widest = statement(name="Abcdefg " * 18 + "xyz", counted=(line, "Fourteen sessions."))
    for page in PAGES:
        assert render_pdf(widest, brand(), page=page)


def test_kind_of_a_later_room_is_counted():
    assert counted_lines([{"kind": "survey", "title": "Spring"}]) == ("One survey.",)


def test_title_and_cohort_read_as_a_sentence():
    assert award_title("{program}, year {year}", program="Leadership", year=2) == "Leadership, year two"
    assert cohort_words("Fall 2024") == "cohort Fall 2024"
    assert cohort_words("Cohort 2025–27") == "Cohort 2025–27"
    assert number_word(13) == "13"

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from lms.ui.xlsx_file import xlsx_file


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "2026-01-01", "1e5", "TRUE"])
def test_texts_stay_texts_in_headers_and_rows(text):
    sheet = load_workbook(io.BytesIO(xlsx_file([text], [[text]]))).active
    for [cell] in sheet.iter_rows():
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_numbers_days_and_nothing_keep_their_types():
    sheet = load_workbook(io.BytesIO(xlsx_file(["n", "d", "x"], [[3, dt.date(2026, 4, 7), None]]))).active
    number, day, nothing = list(sheet.iter_rows())[1]
    assert (number.value, day.value.date(), nothing.value) == (3, dt.date(2026, 4, 7), None)


def test_characters_that_no_workbook_holds_are_left_out():
    sheet = load_workbook(io.BytesIO(xlsx_file(["a\x00b"], [["x\x0b" + "y" * 40_000]]))).active
    assert sheet["A1"].value == "ab"
    assert len(sheet["A2"].value) == 32_767

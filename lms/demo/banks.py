"""The demo's question bank, imported from a file as the advisory group would."""

from pathlib import Path

from curriculum.banks.actions import begin_import, finish_import
from curriculum.banks.models import QuestionBank

FILE = Path(__file__).with_name("bank.gift")


def fill(*, by) -> None:
    bank = QuestionBank.objects.create(name="Year one", about="Questions for the checks of the first five modules.")
    gift = begin_import(bank=bank, file_name=FILE.name, data=FILE.read_bytes(), by=by)
    finish_import(gift=gift)

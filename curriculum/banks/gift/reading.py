"""Reading a GIFT file: every block becomes a question, or a trouble that is named with its line."""

import re
from dataclasses import replace

from curriculum.banks.gift.answers import (
    Fault,
    choice_question,
    numeric_question,
    ordering_question,
    true_false_question,
)
from curriculum.banks.gift.blocks import Block, blocks
from curriculum.banks.gift.texts import PRIVATE, CannotCarry, read_text, show
from curriculum.banks.gift.values import GiftFile, GiftQuestion, Trouble

MOST_BYTES = 2_000_000
MOST_QUESTIONS = 2_000
LONGEST_TITLE = 120
LONGEST_TEXT = 600
_TRUE_FALSE = {"T": True, "TRUE": True, "F": False, "FALSE": False}


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


def decoded(data: bytes) -> str:
    """The text of an uploaded file: UTF-8, or UTF-16 that says so. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable("This file is larger than 2 MB: split it, and import the parts.")
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("This file is not in UTF-8: export it from Moodle again, or save it as UTF-8 text.") from None
    if "\x00" in text or PRIVATE.search(text):
        raise Unreadable("This is no text file: choose a question bank in GIFT format, such as bank.gift or bank.txt.")
    return text


def read_gift(text: str) -> GiftFile:
    """Read a whole file. Nothing is guessed: what is not in `questions` is in `troubles`, in the file's order.

    Raises Unreadable for a file without a single block, or with more than 2,000.
    """
    found = GiftFile()
    cut_off: Block | None = None
    for block in blocks(text):
        if block.text.startswith("$CATEGORY:"):
            found.categories.append(show(block.text.removeprefix("$CATEGORY:")))
            continue
        opens, closes = block.text.count("{"), block.text.count("}")
        if cut_off is not None and closes and not opens:
            cut_off = None  # the rest of answers that a blank line had parted, named already
            continue
        cut_off = block if opens and not closes else None
        try:
            found.questions.append(_question(block))
        except Fault as fault:
            line = block.line if fault.unsupported else block.line_of(fault.position)
            found.troubles.append(Trouble(line, str(fault), _title_of(block), fault.unsupported))
        if len(found.questions) + len(found.troubles) > MOST_QUESTIONS:
            raise Unreadable(f"This file has more than {MOST_QUESTIONS:,} questions: split it, and import the parts.")
    if not found.questions and not found.troubles:
        raise Unreadable("There is no question in this file.")
    return found


def _title_of(block: Block) -> str:
    title = re.match(r"::(.*?)::", block.text, re.DOTALL)
    return _one_line(show(title[1] if title else block.text.partition("{")[0]), 60)


def _one_line(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _question(block: Block) -> GiftQuestion:
    text, begins, title = block.text, 0, ""
    if text.startswith("::"):
        ends = text.find("::", 2)
        if ends < 0:
            raise Fault("the title has no second “::”; close it", 0)
        title, begins = show(text[2:ends]), ends + 2
    start, finish = text.find("{", begins), text.find("}", begins)
    if start < 0 and finish < 0:
        raise Fault("", 0, unsupported="description (text without a question)")
    if start < 0 or finish < 0:
        raise Fault("the braces around the answers do not match; no blank line may part them", max(start, finish))
    if finish < start:
        raise Fault("a “}” stands before its “{”; write \\} for the sign itself", finish)
    if "{" in text[finish:] or "}" in text[finish + 1 :] or "{" in text[start + 1 : finish]:
        raise Fault("there are braces beside those of the answers; write \\{ and \\} for the signs themselves", finish)
    before, after = text[begins:start], text[finish + 1 :]
    try:
        words, format_ = read_text(f"{before}_____{after}" if after.strip() else before)
    except CannotCarry as problem:
        raise Fault(str(problem), 0) from None
    if not words:
        raise Fault("it has no question, only answers", start)
    if len(words) > LONGEST_TEXT:
        raise Fault(f"the question is longer than {LONGEST_TEXT} characters; shorten it", 0)
    made = _by_kind(text[start + 1 : finish], start + 1, format_)
    return replace(made, title=_one_line(title or words, LONGEST_TITLE), text=words, line=block.line)


def _by_kind(answers: str, at: int, format_: str) -> GiftQuestion:
    """The kind is found as Moodle finds it; `at` is the position of `answers` in its block."""
    body, separator, general = answers.rpartition("####")
    if not separator:
        body, general = answers, ""
    at += len(body) - len(body.lstrip())
    body = body.strip()
    if not body:
        raise Fault("", at, unsupported="essay")
    try:
        reason = read_text(general, format_)[0]
    except CannotCarry as problem:
        raise Fault(str(problem), at) from None
    if body.startswith("#"):
        return numeric_question(body, at, format_, reason)
    if body.startswith(">"):
        return ordering_question(body, at, format_, reason)
    if "~" in body:
        return choice_question(body, at, format_, reason)
    if "=" in body and "->" in body:
        raise Fault("", at, unsupported="matching")
    said = _TRUE_FALSE.get(body.partition("#")[0].strip().upper())
    if said is None:
        raise Fault("", at, unsupported="short answer")
    return true_false_question(said, body, at, format_, reason)

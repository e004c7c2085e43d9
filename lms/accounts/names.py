"""Which names and texts may be shown and printed: shared by accounts and certificates, without Django."""

import re
import unicodedata

LONGEST_NAME = 150

# Joiners shape letters in several scripts; other format characters are invisible,
# or turn the direction of what follows.
JOINERS = "\u200c\u200d"
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Letters by category, blank on paper: Hangul fillers.
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
# No orthography stacks more marks than this on a letter; towers of them cover the lines above.
_MOST_MARKS = 4


def check_name(name: str) -> str:
    """Return ``name`` as it is printed: composed (NFC), with single spaces.

    Raises ValueError with a sentence for the person who typed it if the name is empty,
    invisible, longer than ``LONGEST_NAME`` characters, or holds control characters or
    direction overrides. Zero-width joiners and non-joiners are kept.
    """
    text = check_text(name, what="name", longest=LONGEST_NAME)
    if not text:
        raise ValueError("Enter the name as it should be printed.")
    if not any(unicodedata.category(character).startswith("L") for character in text):
        raise ValueError("Enter a name with at least one letter.")
    return text


def check_text(text: str, *, what: str, longest: int = 2_000) -> str:
    """Return ``text`` composed (NFC) and with single spaces, as it is printed.

    Raises ValueError, naming ``what`` and the offending character, if it is longer than
    ``longest`` or holds something that cannot be printed. An empty text is fine.
    """
    too_long = f"Shorten the {what} to {longest} characters or fewer."
    # Bounded before it is composed, since a hostile text takes its time; letters with
    # marks may still become fewer.
    if len(text) > 4 * longest:
        raise ValueError(too_long)
    for character in text:
        if character in JOINERS or character in "\t\r\n":
            continue
        if unicodedata.category(character) in _REFUSED_CATEGORIES or character in _BLANK_LETTERS:
            raise ValueError(
                f"Remove the character U+{ord(character):04X} from the {what}: "
                "it is invisible or changes the direction of writing."
            )
    composed = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    if len(composed) > longest:
        raise ValueError(too_long)
    run = 0
    for character in composed:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > _MOST_MARKS:
            raise ValueError(f"Remove some of the marks stacked on one letter in the {what}.")
    return composed

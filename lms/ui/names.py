"""Names of people as the design shows them."""

_TITLES = {"dr", "mr", "ms", "mrs", "prof"}
_GENERATIONS = {"jr", "sr", "ii", "iii", "iv"}


def for_dr(name: str) -> str:
    """A physician's name in a list: "Leela Raghunathan, MD" becomes "Dr. Leela Raghunathan"."""
    bare = " ".join(str(name or "").split(",")[0].split())
    if not bare or bare.lower().startswith(("dr. ", "dr ")):
        return bare
    return f"Dr. {bare}"


def initials(name: str) -> str:
    """Up to two letters that stand for a name, without title, credentials or generation: "LR"."""
    words = [word for word in str(name or "").split(",")[0].split() if word[0].isalpha()]
    if len(words) > 1 and words[0].rstrip(".").lower() in _TITLES:
        words = words[1:]
    if len(words) > 2 and words[-1].rstrip(".").lower() in _GENERATIONS:
        words = words[:-1]
    if not words:
        return ""
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()

"""Decisions about people on plain values."""

from quacan.centre.base.language.folding import fold


def stored_name_key(full_name: str) -> str:
    """This will give the sorting key of a Vietnamese name: given name, family name, middle names."""
    words = full_name.split()
    if not words:
        return ""
    order = [words[-1], words[0], *words[1:-1]] if len(words) > 1 else words
    return "\x1f".join(fold(word) + "\x1e" + word.casefold() for word in order)[:200]

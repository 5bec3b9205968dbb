"""The title of a contrast, of the word of each side or of why it has none. It never speaks of time. Pure."""

from enum import StrEnum

from jobs.instruments import Band
from storage.records import Lean, Lens


class NoWord(StrEnum):
    """Why a side has no word yet."""

    WAITING = "waiting"  # too few have answered
    OPEN = "open"  # its question can be answered, or is about to be counted
    NOT_ASKED = "not asked"  # nothing is asked on this side in the channels that are read
    WITHDRAWN = "withdrawn"  # its only score was withdrawn
    NOT_YET = "not yet"  # enough have answered, and the count is still to come


SideWord = tuple[Band, ...] | Lean | NoWord
"""What a title is made of: the bands that the level names, the word of a word round, or why there is none.

The bands are given low to high and without a gap; all three mean "unclear".
"""

_POOR, _MIXED, _GOOD = Band
_WORDS: tuple[tuple[Band, ...], ...] = ((_POOR,), (_POOR, _MIXED), (_MIXED,), (_MIXED, _GOOD), (_GOOD,))
_HALF_WAY = _WORDS.index((_MIXED,))
_CLAUSES = {
    Lens.CX: (
        "customers are unhappy",
        "customers are rather unhappy",
        "customers are partly happy",
        "customers are fairly happy",
        "customers are happy",
    ),
    Lens.UX: ("hard to use", "rather hard to use", "partly easy to use", "fairly easy to use", "easy to use"),
}
_UNCLEAR = "the {who} side is unclear"
_LEANS = {
    Lean.GOOD: "{who}s lean to good",
    Lean.POOR: "{who}s lean to poor",
    Lean.NEITHER: "{who}s are divided",
}
_NO_WORD = {
    NoWord.WAITING: "too few {who} answers so far",
    NoWord.OPEN: "{who} answers are coming in",
    NoWord.NOT_ASKED: "{who}s are not asked here",
    NoWord.WITHDRAWN: "the {who} score was withdrawn",
    NoWord.NOT_YET: "no {who} score yet",
}
_WHO = {Lens.CX: "customer", Lens.UX: "user"}
_ON_BOTH_SIDES = {
    _UNCLEAR: "unclear on both sides",
    _NO_WORD[NoWord.WAITING]: "not enough answers yet",
    _NO_WORD[NoWord.OPEN]: "answers are coming in",
}


def title_clause(cx: SideWord, ux: SideWord) -> str:
    """What follows the product's name in a title: the better side first, a side without a word last.

    ValueError for bands with a gap, or none.
    """
    if cx in _WORDS and ux in _WORDS:
        return _two_words(_WORDS.index(cx), _WORDS.index(ux))
    sides = ((Lens.CX, cx), (Lens.UX, ux))
    if cx not in _WORDS and ux not in _WORDS and _instead(cx) == _instead(ux) in _ON_BOTH_SIDES:
        return _ON_BOTH_SIDES[_instead(cx)]
    said = [_CLAUSES[lens][_WORDS.index(word)] for lens, word in sides if word in _WORDS]
    said += [_instead(word).format(who=_WHO[lens]) for lens, word in sides if word not in _WORDS]
    return "; ".join(said)


def _two_words(customers: int, users: int) -> str:
    """Both have a word: "and" where both are above or both below mixed, "but" otherwise."""
    if customers == users:
        return f"{' to '.join(_WORDS[users])} on both sides"
    low, high = sorted((customers, users))
    link = "and" if low > _HALF_WAY or high < _HALF_WAY else "but"
    cx, ux = _CLAUSES[Lens.CX][customers], _CLAUSES[Lens.UX][users]
    if low == _HALF_WAY:
        cx, ux = (clause.replace("partly", "only partly") for clause in (cx, ux))
    return f"{cx}, {link} it is {ux}" if customers > users else f"{ux}, {link} {cx}"


def _instead(word: SideWord) -> str:
    """What stands where a side has no word of the level, with `{who}` for the side."""
    if isinstance(word, Lean):
        return _LEANS[word]
    if isinstance(word, NoWord):
        return _NO_WORD[word]
    if word != tuple(Band):
        raise ValueError(f"bands are named low to high, without a gap: {word}")
    return _UNCLEAR

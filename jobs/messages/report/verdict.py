"""The title of a contrast, and what is said of its sides in sentences."""

from jobs.contrast import Contrast, Side
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import sides
from jobs.messages.wording.escaping import one_line
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import Voice, capital
from jobs.messages.wording.waiting_words import waiting
from jobs.privacy.progress_rule import Stage
from storage.records import Lean, Lens

LONGEST_PRODUCT = 80  # a title has 150 characters

_WORDS = ("poor", "poor to mixed", "mixed", "mixed to good", "good")
_MIXED = _WORDS.index("mixed")
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
_WHO = {Lens.CX: "customer", Lens.UX: "user"}
_LEANS = {Lean.GOOD: "lean to good", Lean.POOR: "lean to poor", Lean.NEITHER: "are divided"}
_WAITING = {
    Stage.OPEN: "{who} answers are coming in",
    Stage.COUNTING: "{who} answers are coming in",
    Stage.TOO_FEW: "too few {who} answers so far",
    Stage.WITHDRAWN: "the {who} score was withdrawn",
}
_NO_SCORE = "no {who} score yet"
_BOTH = {
    "the {who} side is unclear": "unclear on both sides",
    _WAITING[Stage.TOO_FEW]: "not enough answers yet",
    _WAITING[Stage.OPEN]: "answers are coming in",
}


def title(contrast: Contrast) -> str:
    """The contrast in one line, as plain text: the better side first. It never speaks of time."""
    return f"{one_line(contrast.product, LONGEST_PRODUCT)}: {_clauses(contrast.cx, contrast.ux)}"


def _clauses(cx: Side, ux: Side) -> str:
    words = [score_words.word(side.score) for side in (cx, ux)]
    customers, using = (_WORDS.index(word) if word in _WORDS else None for word in words)
    if customers is not None and using is not None:
        return _beside(customers, using)
    if customers is not None:
        return f"{_CLAUSES[Lens.CX][customers]}; {_without_word(ux)}"
    if using is not None:
        return f"{_CLAUSES[Lens.UX][using]}; {_without_word(cx)}"
    missing = [_reason(side) for side in (cx, ux)]
    if missing[0] == missing[1] and missing[0] in _BOTH:
        return _BOTH[missing[0]]
    return "; ".join(_without_word(side) for side in (cx, ux))


def _beside(customers: int, using: int) -> str:
    """Both have a word: "and" where both are above or both below mixed, "but" otherwise."""
    if customers == using:
        return f"{_WORDS[using]} on both sides"
    low, high = sorted((customers, using))
    link = "and" if low > _MIXED or high < _MIXED else "but"
    cx, ux = _CLAUSES[Lens.CX][customers], _CLAUSES[Lens.UX][using]
    if low == _MIXED:
        cx, ux = (clause.replace("partly", "only partly") for clause in (cx, ux))
    return f"{cx}, {link} it is {ux}" if customers > using else f"{ux}, {link} {cx}"


def _without_word(side: Side) -> str:
    return _reason(side).format(who=_WHO[side.lens])


def _reason(side: Side) -> str:
    """Why a side has no word of the level, with `{who}` where the side is named."""
    if side.score and side.score.lean is not None:
        return f"{{who}}s {_LEANS[side.score.lean]}"
    if side.is_shown:
        return "the {who} side is unclear"
    if side.instrument is None:
        return "{who}s are not asked here"
    if not side.progress:
        return _WAITING[Stage.TOO_FEW]
    return _WAITING.get(side.progress[0].stage, _NO_SCORE)


def body(voice: Voice, contrast: Contrast, zone: str | None) -> str:
    """What the title and the cards leave open, side by side; empty where there is nothing to add."""
    first = "This is the first digest." if contrast.first else ""
    lines = [_about(voice, side, contrast, zone) for side in sides(contrast)]
    return voice.lines(*filter(None, lines), first)


def _about(voice: Voice, side: Side, contrast: Contrast, zone: str | None) -> str:
    who = capital(side_words(side.lens, contrast.product))
    if side.instrument is None:
        return f"{who}: nothing is asked in the channels that are read here."
    said = waiting(voice, side.progress, zone)
    if side.score and side.score.says_something and side.score.lean is None and not side.score.can_tell:
        said = ["poor, mixed or good are all possible with these answers.", *said]
    if not (said or side.is_shown):
        said = ["no answers yet."]
    return f"{who}: {_lower(said[0])}{''.join(f' {more}' for more in said[1:])}" if said else ""


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]

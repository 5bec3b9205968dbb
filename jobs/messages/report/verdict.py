"""The verdict of a contrast: its title, its sentence, and what is known of a change."""

from jobs.contrast import Contrast, Side, State
from jobs.instruments import INSTRUMENTS
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import line, sides
from jobs.messages.wording.escaping import one_line
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import Voice, capital, count

LONGEST_PRODUCT = 90  # a title has 150 characters
IN_LINES = frozenset({State.TOO_FEW, State.ONE_SIDE, State.TOO_EARLY})
"""States without cards: each side is a line of the body."""
TOO_SMALL = frozenset({State.TOO_FEW, State.ONE_SIDE})
"""States in which a side is under the smallest group."""

_TITLES = {
    State.TOO_FEW: "not enough answers yet",
    State.ONE_SIDE: "one side so far",
    State.LOVED_HARD: "loved, but hard to use",
    State.EASY_UNHAPPY: "easy to use, but customers are unhappy",
    State.PERHAPS_LOVED_HARD: "loved, but perhaps hard to use",
    State.PERHAPS_EASY_UNHAPPY: "easy to use, but customers may be unhappy",
    State.BOTH_POOR: "poor on both sides",
    State.BOTH_GOOD: "good on both sides",
    State.TOO_EARLY: "too early to tell",
    State.FIRST: "first digest",
    State.NO_CLEAR_CHANGE: "no clear change",
}
_PRODUCT_FIRST = frozenset({State.EASY_UNHAPPY, State.PERHAPS_EASY_UNHAPPY})


def title(contrast: Contrast) -> str:
    """The verdict in one line, as plain text.

    Where a test finds a difference on a side, "no clear change" would be wrong, and one test is not
    enough for "changed": so the title names the bands.
    """
    words = _TITLES[contrast.state]
    if contrast.state is State.NO_CLEAR_CHANGE and any(_differs(side) for side in sides(contrast)):
        cx, ux = (_bands(side) for side in sides(contrast))
        words = f"{cx} on both sides" if cx == ux else f"being a customer {cx}, using it {ux}"
    return f"{one_line(contrast.product, LONGEST_PRODUCT)}: {words}"


def body(voice: Voice, contrast: Contrast) -> str:
    """The verdict in a sentence or two; in the states of IN_LINES, a line for each side."""
    lens = contrast.state is not State.TOO_EARLY
    lines = [line(voice, side, contrast, lens=lens) for side in sides(contrast)]
    if contrast.state is State.TOO_FEW:
        return voice.lines(" ".join(lines), _rule(voice, contrast.min_group))
    if contrast.state is State.ONE_SIDE:
        return f"{voice.lines(*lines)} No comparison yet."
    if contrast.state is State.TOO_EARLY:
        return voice.lines(*lines)
    return " ".join(filter(None, [_both(voice, contrast), change(voice, contrast)]))


def aloud(voice: Voice, contrast: Contrast) -> str:
    """What body and cards say together, for `text`."""
    if contrast.state in IN_LINES:
        return body(voice, contrast)
    lines = [line(voice, side, contrast) for side in sides(contrast)]
    return " ".join(filter(None, [*lines, change(voice, contrast)]))


def _rule(voice: Voice, k: int) -> str:
    kept = "; these" if voice.aloud else ". These"
    return (
        f"Scores are shown from {k} on each side, so that nobody can be picked out{kept} "
        "answers are kept and join the next."
    )


def _both(voice: Voice, contrast: Contrast) -> str:
    """Both verdicts in one sentence; where they differ, the good one first."""
    cx, ux = (voice.bold(_bands(side)) for side in sides(contrast))
    customer, product = (side_words(side.lens, contrast.product) for side in sides(contrast))
    if cx == ux:
        return f"{capital(customer)} and {product} are both {cx}."
    parts = [f"{customer} is {cx}", f"{product} is {ux}"]
    if contrast.state in _PRODUCT_FIRST:
        parts.reverse()
    return f"{capital(', '.join(parts))}."


def change(voice: Voice, contrast: Contrast) -> str:
    """What is known of a change: nothing without a test, and no verdict where a test found a difference."""
    if contrast.first:
        return "Nothing to compare with yet."
    tested = [side for side in sides(contrast) if side.change]
    same = [side for side in tested if not _differs(side)]
    said = [voice.bold(_was(voice, side)) for side in tested if _differs(side)]
    if len(same) == len(sides(contrast)):
        return "" if contrast.state is State.NO_CLEAR_CHANGE else "No clear change."
    said += [f"{capital(side_words(side.lens, contrast.product))}: no clear change." for side in same]
    return " ".join(said)


def _was(voice: Voice, side: Side) -> str:
    """The two scores alone: "SUS was 71 (30 answers), now 58."."""
    if side.score is None or side.before is None:
        return ""
    was, now = score_words.value(voice, side.before), score_words.value(voice, side.score)
    name = INSTRUMENTS[side.score.instrument].name
    return f"{name} was {was} ({count(side.before.n, 'answer')}), now {now}."


def _bands(side: Side) -> str:
    return score_words.bands(side.score) if side.score else score_words.TOO_EARLY


def _differs(side: Side) -> bool:
    return side.change is not None and side.change.p < score_words.CLEAR

"""What those who answered are told: the score of their own side, and what will be done about it."""

from collections.abc import Sequence
from datetime import date

from jobs.contrast import Contrast, Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.edition.word_reasons import in_earlier
from jobs.messages.layout import edition_ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    plain_section,
    section,
)
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import name_of, sides
from jobs.messages.wording.escaping import escape, one_line, safe
from jobs.messages.wording.voice import MONTHS, MRKDWN, SPEECH, Voice, capital, listed

_ITSELF = "Nobody's own answer is shown."
_NEXT = "What happens now"


def share_card(
    contrast: Contrast, *, channel_id: str, share_id: str, name: str, next_step: str | None
) -> Message:
    """The message in a channel: its own sides of an edition, as the edition shows them.

    `next_step` is what `name` says will be done, as typed.
    """
    buttons = [button("How this works", edition_ids.HOW, value=edition_ids.share_block(share_id))]
    shown = card_blocks(contrast, channel_id=channel_id, name=name, next_step=next_step)
    mine = sides_of(contrast, channel_id)
    said = [_results(SPEECH, contrast, mine), *_spoken_step(name, next_step), _small(SPEECH, mine)]
    return message(
        " ".join([*filter(None, said), "Button: How this works."]),
        *shown,
        actions(edition_ids.share_block(share_id), *buttons),
    )


def card_blocks(contrast: Contrast, *, channel_id: str, name: str, next_step: str | None) -> list[Block]:
    """The message without its button, as the preview shows it."""
    mine = sides_of(contrast, channel_id)
    step = _step(name, next_step)
    return [
        section(_results(MRKDWN, contrast, mine)),
        *([section(MRKDWN.bold(_NEXT)), plain_section(step)] if step else []),
        context(_small(MRKDWN, mine)),
    ]


def sides_of(contrast: Contrast, channel_id: str) -> list[Side]:
    """The sides of which something is shown and on which this channel was asked, CX first."""
    return [side for side in sides(contrast) if side.is_shown and channel_id in side.channels]


def _results(voice: Voice, contrast: Contrast, mine: Sequence[Side]) -> str:
    lines = [_line(voice, side, contrast.product) for side in mine]
    return voice.lines(voice.bold(_thanks(contrast, mine)), *lines)


def _thanks(contrast: Contrast, mine: Sequence[Side]) -> str:
    """How many answered and when; of a group that is told in a word alone, no number."""
    about = listed(list(dict.fromkeys(safe(side.about or contrast.product) for side in mine)))
    when = _months(mine)
    scores = [side.score for side in mine if side.score and side.score.lean is None]
    if len(scores) < len(mine):
        return f"Thank you to all who answered about {about}{when}."
    if len(scores) == 1 and scores[0].rounds == 1:
        return f"{scores[0].n:,} people answered about {about}{when}. Thank you."
    if len(scores) == 1:
        return f"{scores[0].n:,} answers about {about}{when}. Thank you."
    said = [
        f"{score.n:,} about {name_of(side, contrast.product)}"
        for side, score in zip(mine, scores, strict=True)
    ]
    return f"Answers about {about}{when}: {', '.join(said)}. Thank you."


def _months(mine: Sequence[Side]) -> str:
    """When they were asked: " in November", " in October and November", or from month to month."""
    days = [day for side in mine if side.score for day in (side.score.first_day, side.score.last_day) if day]
    if not days:
        return ""
    first, last = min(days), max(days)
    if (first.year, first.month) == (last.year, last.month):
        return f" in {MONTHS[last.month - 1]}"
    between = (last.year - first.year) * 12 + last.month - first.month
    if between == 1:
        return f" in {_month(first, last)} and {MONTHS[last.month - 1]}"
    return f" from {_month(first, last)} to {MONTHS[last.month - 1]}"


def _month(day: date, last: date) -> str:
    return MONTHS[day.month - 1] + (f" {day.year}" if day.year != last.year else "")


def _line(voice: Voice, side: Side, product: str) -> str:
    """Side and word, the score with its scale, and the score before."""
    score = side.score
    if score is None:
        return ""
    word = f"{capital(name_of(side, product))}: {voice.bold(score_words.word(side))}."
    if score.lean is not None:
        return word
    instrument = INSTRUMENTS[score.instrument]
    low, high = (score_words.number(voice, instrument, end) for end in instrument.bounds)
    names = score.kind
    earlier = in_earlier(voice, side)
    number = f"{instrument.name}{names} {score_words.value(voice, score)} ({low} to {high})"
    return f"{word} {', '.join(filter(None, [number, earlier]))}."


def _small(voice: Voice, mine: Sequence[Side]) -> str:
    """The likely range and what it means, and that nobody's answer is in it."""
    ranges = [
        capital(said) for side in mine if side.score and (said := score_words.likely(voice, side.score))
    ]
    means = f"{listed(ranges)}: the true score is in this range 19 times in 20." if ranges else ""
    return " ".join(filter(None, [means, _ITSELF]))


def _step(name: str, next_step: str | None) -> str:
    if not next_step:
        return ""
    return f"{one_line(name)}: {one_line(next_step, edition_ids.LONGEST_NEXT_STEP)}"


def _spoken_step(name: str, next_step: str | None) -> list[str]:
    step = _step(name, next_step)
    return [f"{_NEXT}.", escape(step) + ("" if step.endswith((".", "!", "?", "…")) else ".")] if step else []

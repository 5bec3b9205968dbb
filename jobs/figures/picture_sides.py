"""The sides of a contrast as they are drawn. Pure."""

from collections.abc import Sequence

from jobs.charts import ChartMark, ChartRange, ChartScale, ChartSide, history, strips
from jobs.contrast import Contrast, Side
from jobs.contrast.side_parts import HistoryRow
from jobs.inference import Interval
from jobs.instruments import INSTRUMENTS, Instrument
from jobs.messages.report import score_words
from jobs.messages.report.picture_words import (
    has_story,
    history_aloud,
    name_before,
    picture_number,
    side_name,
    side_word,
    strips_aloud,
)
from jobs.messages.wording.voice import MRKDWN
from jobs.scoring import Score

Drawn = tuple[bytes, str]
"""A picture, and the words that stand for it."""


def draw_strips(contrast: Contrast) -> Drawn:
    """The picture in the post of a digest; takes a moment, so call it in a thread."""
    sides = [picture_side(side, contrast.product) for side in contrast.sides]
    return strips(sides), strips_aloud(contrast)


def draw_story(sides: Sequence[Side], product: str) -> Drawn | None:
    """The picture of the rounds of those sides that have two or more; None where none has."""
    told = [side for side in sides if has_story(side)]
    if not told:
        return None
    return history([picture_side(side, product) for side in told]), history_aloud(told, product)


def picture_side(side: Side, product: str) -> ChartSide:
    """What a picture shows of a side. Nothing exact is drawn that is not printed too."""
    name, short_name = side_name(side, product)
    instrument = INSTRUMENTS.get(side.instrument or "")
    number, score = picture_number(side), side.score
    drawn = ChartSide(lens=side.lens, name=name, short_name=short_name, word=side_word(side))
    if instrument is None:
        return drawn
    before = side.before if side.counted_since_last else None
    return ChartSide(
        lens=side.lens,
        name=name,
        short_name=short_name,
        word=drawn.word,
        instrument=instrument.name + (", imported" if side.imported else ""),
        scale=_scale(instrument),
        value=_exact(score),
        printed=number.number,
        printed_before=number.before,
        printed_after=number.after,
        likely=_range(score.likely) if score else None,
        before=_exact(before),
        before_name=name_before(MRKDWN, side) if before else "",
        rounds=tuple(_mark(row, instrument) for row in reversed(side.history)),
    )


def _exact(score: Score | None) -> float | None:
    """The value of a score where it is printed as one number."""
    return score.value if score and score.clipped is None and score.lean is None else None


def _scale(instrument: Instrument) -> ChartScale:
    low, high = instrument.bounds
    cuts = (low, instrument.mixed_from, instrument.good_from, high)
    first, mixed, good, last = (_border(instrument, cut) for cut in cuts)
    return ChartScale(
        low=low,
        mixed_from=instrument.mixed_from,
        good_from=instrument.good_from,
        high=high,
        printed=(first, mixed, good, last),
    )


def _border(instrument: Instrument, value: float) -> str:
    """An end or a border of a scale: with a decimal where it has one, as nowhere else."""
    digits = 0 if float(value).is_integer() else 1
    return MRKDWN.number(value, digits=digits, signed=instrument.signed, percent=instrument.percent)


def _mark(row: HistoryRow, instrument: Instrument) -> ChartMark:
    shown = "" if row.value is None else score_words.number(MRKDWN, instrument, row.value)
    return ChartMark(day=row.last_day, value=row.value, likely=_range(row.likely), printed=shown)


def _range(likely: Interval | None) -> ChartRange | None:
    return ChartRange(likely.low, likely.high) if likely else None

"""One side in full: its figures, what they are made of, and what was before."""

from jobs.contrast import Contrast, Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.report import score_words as figures
from jobs.messages.report.side_cards import line
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import Voice, capital
from jobs.scoring import Score, Stage
from storage.records import Period


def in_full(voice: Voice, side: Side, contrast: Contrast) -> str:
    """Everything that is known of a side's score; below the ladder, what its line says."""
    score = side.score
    if score is None or score.value is None:
        return line(voice, side, contrast, lens=False)
    said = [_head(voice, side, score, contrast.product), *_parts(voice, score)]
    return voice.lines(*said, compared(voice, side, contrast.period))


def _head(voice: Voice, side: Side, score: Score, product: str) -> str:
    who, name = capital(side_words(side.lens, product)), INSTRUMENTS[score.instrument].name
    head = voice.bold(f"{who}: {name} {figures.value(voice, score)},")
    early = "early" if score.stage is Stage.EARLY else ""
    standing = figures.standing_within(score) if voice.aloud else ""
    rest = ", ".join(filter(None, [early, figures.likely(voice, score), standing, figures.base(side)]))
    classes = figures.classes(score)
    end = (f": {classes}." if classes else ".") if voice.aloud else ""
    return f"{head} {rest}{end}"


def _parts(voice: Voice, score: Score) -> list[str]:
    """On the screen, lines of their own: people by class, grade and average."""
    if voice.aloud:
        return []
    classes = figures.classes(score)
    return [f"{classes}." if classes else "", figures.standing(score)]


def compared(voice: Voice, side: Side, period: Period) -> str:
    """What was before, the difference with its range, and "no clear change" where the test saw none."""
    earlier = figures.before(voice, side, period)
    if not earlier or side.change is None or side.score is None:
        return earlier
    instrument = INSTRUMENTS[side.score.instrument]
    difference = figures.difference(voice, instrument, side.change)
    if side.change.p < figures.CLEAR:
        return f"{earlier} {difference}."
    blind = figures.noticeable(voice, instrument, side.change)
    return f"{earlier} {difference}: {voice.bold('no clear change.')} {blind}"

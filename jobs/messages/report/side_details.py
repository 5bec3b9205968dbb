"""One side in full: its score, how many chose what, and what it was before."""

from jobs.contrast import Contrast, Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import line
from jobs.messages.wording.vocabulary import side_words
from jobs.messages.wording.voice import Voice, capital
from jobs.scoring import Score, Stage
from storage.records import Period


def in_full(voice: Voice, side: Side, contrast: Contrast) -> str:
    """Everything that is known of a side's score; with too few answers for a score, its line."""
    score = side.score
    if score is None or score.value is None:
        return line(voice, side, contrast, lens=False)
    said = [_head(voice, side, score, contrast.product), *_parts(voice, score)]
    return voice.lines(*said, compared(voice, side, contrast.period))


def _head(voice: Voice, side: Side, score: Score, product: str) -> str:
    who, name = capital(side_words(side.lens, product)), INSTRUMENTS[score.instrument].name
    head = voice.bold(f"{who}: {name} {score_words.value(voice, score)},")
    early = "early" if score.stage is Stage.EARLY else ""
    standing = score_words.standing_within(score) if voice.aloud else ""
    rest = ", ".join(
        filter(None, [early, score_words.likely(voice, score), standing, score_words.base(side)])
    )
    classes = score_words.classes(score)
    end = (f": {classes}." if classes else ".") if voice.aloud else ""
    return f"{head} {rest}{end}"


def _parts(voice: Voice, score: Score) -> list[str]:
    """On the screen, lines of their own: people by class, grade and average."""
    if voice.aloud:
        return []
    classes = score_words.classes(score)
    return [f"{classes}." if classes else "", score_words.standing(score)]


def compared(voice: Voice, side: Side, period: Period) -> str:
    """The score before, the difference with its range, and "no clear change" where the test found none."""
    earlier = score_words.before(voice, side, period)
    if not earlier or side.change is None or side.score is None:
        return earlier
    instrument = INSTRUMENTS[side.score.instrument]
    difference = score_words.difference(voice, instrument, side.change)
    if side.change.p < score_words.CLEAR:
        return f"{earlier} {difference}."
    blind = score_words.noticeable(voice, instrument, side.change)
    return f"{earlier} {difference}: {voice.bold('no clear change.')} {blind}"

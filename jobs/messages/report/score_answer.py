"""Scores as an answer to one person, each with how sure it is."""

from collections.abc import Sequence

from jobs.contrast import Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Message, context, message, section
from jobs.messages.layout.sentence import sentence
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import answers
from jobs.messages.report.small_print import as_of
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import Voice, capital, in_both_voices, listed
from jobs.messages.wording.why_not import nothing_asked
from jobs.scoring import SCORE_FROM, Score, Stage
from storage.records import Period, Product


def score_answer(
    found: Sequence[tuple[Product, Side]], *, period: Period, zone: str | None = None
) -> Message:
    """The scores of products in a period, each as far as its number of answers allows.

    Moments in words are told in `zone`. Where there is no score, it says how to begin.
    """
    made = [
        _score(side, side.score, product.name, period, zone)
        for product, side in found
        if side.score is not None
    ]
    if not made:
        return sentence(nothing_asked(found[0][0].name if found else None))
    return message(
        " ".join(each["text"] for each in made), *(block for each in made for block in each["blocks"])
    )


def _score(side: Side, score: Score, product: str, period: Period, zone: str | None) -> Message:
    if score.stage is Stage.HIDDEN:
        return _few(side, score, product, zone)
    head_aloud, head = in_both_voices(lambda voice: _head(voice, side, score, product))
    then_aloud, then = in_both_voices(lambda voice: _then(voice, side, score, period))
    small_aloud, small = in_both_voices(lambda voice: _small(voice, side, period))
    return message(
        " ".join(filter(None, [head_aloud, then_aloud, f"{small_aloud}."])),
        section(head),
        *([section(then)] if then else []),
        context(small),
    )


def _few(side: Side, score: Score, product: str, zone: str | None) -> Message:
    """Below the smallest group: how many, and until when more can come."""
    rule = f"Scores are shown from {score.min_group}, so that nobody can be picked out."
    if side.heard >= score.min_group:
        rule = "They count once the question has closed."

    def say(voice: Voice) -> str:
        still = side.open_question
        until = f"The question is open until {voice.when(still.closes_at, zone)}." if still else ""
        head = voice.bold(f"{_named(score, product)}:")
        return voice.lines(f"{head} {answers(side.heard)} so far. {rule}", until)

    aloud, shown = in_both_voices(say)
    return message(aloud, section(shown))


def _named(score: Score, product: str) -> str:
    return f"{safe(product)}, {INSTRUMENTS[score.instrument].name}"


def _head(voice: Voice, side: Side, score: Score, product: str) -> str:
    """The score and how sure it is; only the words where there are too few answers for a score."""
    named, number = _named(score, product), score_words.value(voice, score)
    if score.stage is Stage.WORDS:
        verdict = f"{answers(score.n)}, {score_words.bands(score)}"
        return f"{voice.bold(f'{named}:')} {verdict}. A score is shown from {SCORE_FROM}."
    if score.stage is Stage.EARLY:
        return _early(voice, side, score, named, number)
    classes = score_words.classes(score)
    sure = f"{score_words.likely(voice, score)}, {score_words.base(side)}"
    if voice.aloud:
        end = f": {classes}." if classes else "."
        first = f"{named}: {number}, {score_words.bands(score)}."
        return voice.lines(first, f"{capital(sure)}{end}", score_words.standing(score))
    first = f"{voice.bold(f'{named} {number}')} · {score_words.bands(score)}"
    return voice.lines(first, sure, f"{classes}." if classes else "", score_words.standing(score))


def _early(voice: Voice, side: Side, score: Score, named: str, number: str) -> str:
    """10 to 19 answers: it says first how far off the score may be."""
    where = score_words.anywhere(voice, score)
    if voice.aloud:
        base = score_words.base(side).removesuffix(" answered")
        base = base if " of " in base else f"{base} answers"
        return f"{named}: early, {number} from {base}. {capital(where)}. No trend yet."
    return f"{voice.bold(f'{named} {number}')} · early\n{score_words.base(side)}: {where}. No trend yet."


def _then(voice: Voice, side: Side, score: Score, period: Period) -> str:
    """What the score was before, from 20 answers on."""
    earlier = score_words.before(voice, side, period) if score.stage is Stage.FULL else ""
    if not earlier or side.change is None:
        return earlier
    instrument = INSTRUMENTS[score.instrument]
    if side.change.p < score_words.CLEAR:
        return f"{earlier} {score_words.difference(voice, instrument, side.change)}."
    verdict = voice.bold("No clear change.")
    return f"{verdict} {earlier} {score_words.noticeable(voice, instrument, side.change)}"


def _small(voice: Voice, side: Side, period: Period) -> str:
    channels = listed([f"<#{channel}>" for channel in side.channels])
    facts = [voice.period(period), as_of(voice, side), f"asked in {channels}" if channels else ""]
    return (", " if voice.aloud else " · ").join(filter(None, facts))

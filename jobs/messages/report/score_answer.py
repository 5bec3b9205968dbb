"""Scores as an answer to one person, each with how sure it is."""

from collections.abc import Sequence

from jobs.contrast import Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Message, context, message, section
from jobs.messages.layout.sentence import sentence
from jobs.messages.report import score_words
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import Voice, capital, in_both_voices, listed, spelled
from jobs.messages.wording.waiting_words import waiting
from jobs.messages.wording.why_not import nothing_asked
from jobs.scoring import Score
from storage.records import Period, Product

MOST_NAMED = 6  # of those that have no room


def score_answer(
    found: Sequence[tuple[Product, Side]],
    *,
    left: Sequence[tuple[Product, Side]] = (),
    period: Period | None = None,
    zone: str | None = None,
) -> Message:
    """The scores of products: of their newest rounds, or of those of the `period` that was asked for.

    `left` are those that have no room in it: it says how many, and how to name one. Moments in words are told
    in `zone`. Where nothing was asked, it says how to begin.
    """
    made = [_score(side, product.name, period, zone) for product, side in found if side.instrument]
    if not made:
        return sentence(nothing_asked(found[0][0].name if found else None))
    blocks = [block for each in made for block in each["blocks"]]
    said = [each["text"] for each in made]
    if left:
        aloud, shown = in_both_voices(lambda voice: _left(voice, left))
        said.append(aloud)
        blocks.append(context(shown))
    return message(" ".join(said), *blocks)


def _left(voice: Voice, left: Sequence[tuple[Product, Side]]) -> str:
    """How many more were asked, the first of them, and what to type for one."""
    names = [
        f"{INSTRUMENTS[side.instrument or ''].name} about {safe(product.name)}" for product, side in left
    ]
    more = len(names) - MOST_NAMED
    listing = listed(names) if more <= 0 else listed([*names[:MOST_NAMED], f"{more:,} more"])
    product, side = left[0]
    typed = voice.code(f"/pulse score {side.instrument} about {product.name}")
    verb = "was" if len(left) == 1 else "were"
    return f"{capital(spelled(len(left)))} more {verb} asked: {listing}. To see one: {typed}"


def _score(side: Side, product: str, period: Period | None, zone: str | None) -> Message:
    score = side.score
    if score is None or not score.says_something:
        aloud, shown = in_both_voices(lambda voice: _none(voice, side, product, period, zone))
        return message(aloud, section(shown))
    head_aloud, head = in_both_voices(lambda voice: _head(voice, side, score, product))
    next_aloud, following = in_both_voices(lambda voice: voice.lines(*waiting(voice, side.progress, zone)))
    small_aloud, small = in_both_voices(lambda voice: _small(voice, side, score))
    return message(
        " ".join(filter(None, [head_aloud, next_aloud, small_aloud])),
        section(head),
        *([section(following)] if following else []),
        context(small),
    )


def _none(voice: Voice, side: Side, product: str, period: Period | None, zone: str | None) -> str:
    """Without a score: what stands before it; for a period, which score is the newest."""
    said = waiting(voice, side.progress, zone)
    if period:
        newest = score_words.before(voice, side)
        none = f"Nothing was counted {voice.within(period)}."
        said = [f"{none} The newest score: {newest}." if newest else none, *said]
    return voice.lines(
        f"{voice.bold(f'{_named(side, product)}:')} {(said or ['No answers yet.'])[0]}", *said[1:]
    )


def _named(side: Side, product: str) -> str:
    with_names = side.score.kind if side.score else ""
    return f"{safe(product)}, {INSTRUMENTS[side.instrument or ''].name}{with_names}"


def _head(voice: Voice, side: Side, score: Score, product: str) -> str:
    """The score with its word, the score before, how sure it is, and who chose what."""
    named, number, word = _named(side, product), score_words.value(voice, score), score_words.word(side)
    earlier = score_words.before(voice, side)
    if score.lean is not None:
        first = f"{voice.bold(f'{named}: {word}')}{', ' if voice.aloud else ' · '}{score_words.base(side)}"
        rest = [f"{earlier}." if earlier else "", f"A number is shown from {side.score_from} answers."]
        return voice.lines(f"{first}." if voice.aloud else first, " ".join(filter(None, rest)))
    if score_words.is_unclear(side):
        word = f"{word}: poor, mixed or good are all possible"
    first = f"{named} {number}, {word}." if voice.aloud else f"{voice.bold(f'{named} {number}')} · {word}"
    sure = capital(", ".join(filter(None, [score_words.likely(voice, score), score_words.base(side)])))
    chose, roles = (capital(each(voice, score)) for each in (score_words.classes, score_words.by_role))
    return voice.lines(
        first,
        " ".join(filter(None, [f"{earlier}." if earlier else "", score_words.change(voice, side)])),
        f"{sure}." if voice.aloud else sure,
        f"{chose}." if chose else "",
        f"{roles}." if roles and voice.aloud else roles,
        score_words.items(voice, score),
        score_words.standing(score),
    )


def _small(voice: Voice, side: Side, score: Score) -> str:
    """When it was asked, where if it was asked here, and what "likely" means."""
    channels = listed([f"<#{channel}>" for channel in side.channels if not score.source])
    facts = [_when(voice, score), f"asked in {channels}" if channels else ""]
    said = capital((", " if voice.aloud else " · ").join(filter(None, facts)))
    ends = f"{said}." if voice.aloud and said else said
    return voice.lines(ends, score_words.LIKELY if score.likely else "")


def _when(voice: Voice, score: Score) -> str:
    if score.first_day is None or score.last_day is None:
        return ""
    if score.rounds == 1 and not score.source:
        return f"closed {voice.day(score.last_day, weekday=True)}"
    years = bool(score.source) or score.first_day.year != score.last_day.year
    days = f"{voice.day(score.first_day, year=years)} to {voice.day(score.last_day, year=years)}"
    return f"{days}, {spelled(score.rounds)} rounds added up" if score.rounds > 1 else days

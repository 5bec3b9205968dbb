"""Rounds as lines of a file: each says what a query shows of it, rounded as there, and no more. Pure."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from jobs.instruments import INSTRUMENTS, AnswerClass, Instrument, Scoring, outwards, printed
from jobs.privacy.clip_rule import HIDDEN
from jobs.scoring import Score, score_of
from jobs.scoring.score import Part
from jobs.tables.table_file import write_csv
from storage.records.comment_records import Comment
from storage.records.kinds import Lens
from storage.records.round_records import Round

COLUMNS: Mapping[str, str] = {
    "round": "the number of the round in this file; the rows of its roles have the same",
    "role": "empty for the whole round; else the people of one role: buys, runs, uses, several, not told",
    "product": "the product",
    "subject": "what was asked about, if that is not the product itself",
    "side": "CX or UX",
    "instrument": "nps, csat, ces, umux_lite, sus or seq",
    "channel": "the id of the channel that was asked, or that sees what was imported",
    "with_names": "yes where the question said so",
    "imported_from": "where the answers come from, if not from Slack",
    "first_day": "the day on which the first question of the round was asked",
    "last_day": "the day on which the last one closed",
    "counted_on": "the day of the count",
    "askings": "how many questions were counted together",
    "people": "how many people are in it",
    "invited": "how many could answer; empty where that is not known",
    "favourable": "people by class of answer, for NPS, CSAT and CES",
    "middle": "the same",
    "unfavourable": "the same",
    "score": "the score, rounded as everywhere",
    "low": "the lower end of its likely range (95 %)",
    "high": "the upper end",
    "nearly_all": "what all but two or fewer gave, where that is so: a class, or a score; no counts then",
    "at_least": "how many gave it at least",
    "score_from": "the lowest score that such a round may have; empty: the lowest there is",
    "score_to": "the highest; empty: the highest there is",
    "word": "of a small round its word alone: good, poor or neither",
    "shared": "how many people it shares with earlier rounds of this file, at most: 3=10 is 10 with round 3",
}
"""Every column, and what it is."""
COMMENT_COLUMNS: Mapping[str, str] = {
    "product": "the product",
    "side": "CX or UX",
    "imported_from": "where it comes from, if not from Slack",
    "tone": "negative, neutral, positive, or why it has none",
    "wish": "yes where it asks for something to be added or changed, whatever its tone; else no",
    "topics": "what it is about, the strongest first",
    "comment": "what was written",
}
CLASSES: Mapping[float, AnswerClass] = {
    100.0: AnswerClass.FAVOURABLE,
    0.0: AnswerClass.MIDDLE,
    -100.0: AnswerClass.UNFAVOURABLE,
}
_WISH = {True: "yes", False: "no", None: ""}
NOT_FAVOURABLE = "not favourable"
NOT_TOLD = "not told"

Line = dict[str, object]


class KnownRound(NamedTuple):
    """A round with the name of its product, and its subject where that is something else."""

    product: str
    subject: str
    round: Round


class ListedComment(NamedTuple):
    """A comment that is listed, with what it is about."""

    product: str
    side: Lens
    source: str
    comment: Comment


def lines_of(rounds: Iterable[KnownRound]) -> list[Line]:
    """The lines of rounds, by product, instrument and day; withdrawn ones have none."""
    standing = [each for each in rounds if not each.round.withdrawn]
    ordered = sorted(standing, key=_place)
    numbers = {each.round.id: number for number, each in enumerate(ordered, start=1)}
    return [line for each in ordered for line in _lines(each, numbers)]


def comment_lines(comments: Sequence[ListedComment]) -> list[Line]:
    """The lines of comments, in an order drawn anew: none says when it came, or what its writer chose."""
    drawn = random.SystemRandom().sample(comments, len(comments))
    return [
        {
            "product": product,
            "side": str(side),
            "imported_from": source,
            "tone": str(one.sentiment or ""),
            "wish": _WISH[one.wish],
            "topics": " ".join(one.touchpoints),
            "comment": one.text,
        }
        for product, side, source, one in drawn
    ]


def as_csv(lines: Iterable[Line], columns: Iterable[str]) -> str:
    """Lines as CSV that is safe in spreadsheets."""
    names = list(columns)
    return write_csv(names, ([_cell(line.get(name)) for name in names] for line in lines))


def as_json(lines: Iterable[Line]) -> str:
    """Lines as JSON, one object a line, without what is empty."""
    kept = ({name: value for name, value in line.items() if value not in (None, "", {})} for line in lines)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept)


def _place(each: KnownRound) -> tuple[object, ...]:
    one = each.round
    question = one.question
    about = (each.product, question.lens, question.instrument, question.source, question.named)
    return (*about, one.counted_at, question.channel_id, each.subject, one.last_day, one.n)


def _cell(value: object) -> str | float:
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict):
        return " ".join(f"{number}={people}" for number, people in value.items())
    return "" if value is None else str(value)


def _lines(each: KnownRound, numbers: Mapping[str, int]) -> list[Line]:
    one, instrument = each.round, INSTRUMENTS[each.round.question.instrument]
    score = score_of(instrument, [one])
    if score is None:
        return []
    shared = {str(numbers[id_]): people for id_, people in one.shared.items() if id_ in numbers}
    about: Line = {
        "round": numbers[one.id],
        "product": each.product,
        "subject": each.subject,
        "side": str(one.question.lens),
        "instrument": one.question.instrument,
        "channel": one.question.channel_id,
        "with_names": "yes" if one.question.named else "no",
        "imported_from": one.question.source,
        "first_day": str(one.first_day),
        "last_day": str(one.last_day),
        "counted_on": str(one.counted_on),
    }
    whole: Line = {
        "askings": one.askings,
        "people": one.n,
        "invited": one.invited,
        "favourable": score.favourable,
        "middle": score.middle,
        "unfavourable": score.unfavourable,
        **_shown(instrument, score),
        **_clipped(instrument, score),
        "word": str(one.lean or ""),
        "shared": dict(sorted(shared.items(), key=lambda pair: int(pair[0]))),
    }
    return [about | whole, *(about | _part(instrument, part) for part in score.parts)]


def _part(instrument: Instrument, part: Part) -> Line:
    return {"role": str(part.role or NOT_TOLD), "people": part.n, **_shown(instrument, part)}


def _shown(instrument: Instrument, of: Score | Part) -> Line:
    """A score and its range, as they are printed."""
    if of.value is None:
        return {}
    ends = (of.likely.low, of.likely.high) if of.likely else ()
    low_high = dict(zip(("low", "high"), (_number(instrument, end) for end in ends), strict=False))
    return {"score": _number(instrument, of.value), **low_high}


def _number(instrument: Instrument, value: float) -> float:
    rounded = printed(instrument, value)
    return float(rounded) if instrument.decimals else int(rounded)


def _clipped(instrument: Instrument, score: Score) -> Line:
    """That all but two or fewer gave one class, and where the score lies then."""
    if score.clipped is None or score.between is None:
        return {}
    low, high = score.between
    return {
        "nearly_all": nearly_all(instrument, score.clipped),
        "at_least": score.n - HIDDEN,
        "score_from": None if low is None else _number(instrument, outwards(instrument, low, up=False)),
        "score_to": None if high is None else _number(instrument, outwards(instrument, high, up=True)),
    }


def nearly_all(instrument: Instrument, clipped: float) -> object:
    """The class that nearly all gave, or their score where classes are not counted."""
    if instrument.scoring is Scoring.NET:
        return str(CLASSES[clipped])
    if instrument.scoring is Scoring.SHARE:
        return str(AnswerClass.FAVOURABLE) if clipped else NOT_FAVOURABLE
    return clipped

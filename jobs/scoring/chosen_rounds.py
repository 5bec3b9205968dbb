"""Which rounds are shown together: the newest of each question, or those of a time, and those before. Pure.

A figure is made of whole rounds, chosen by what was asked and when, never by what was answered. Questions of
another wording are another thing: their rounds are never added to these.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from storage.records import Period
from storage.records.round_records import Round, RoundKind

SAME_TIME = timedelta(days=42)
"""Rounds of several channels are added where they were counted no further from the newest than this."""


class ChosenRounds(NamedTuple):
    """The rounds of a figure, and those of the figure before it; both may be empty.

    They are rounds with figures, which are added up, or one word round.
    """

    now: tuple[Round, ...] = ()
    before: tuple[Round, ...] = ()


def newest_rounds(rounds: Iterable[Round]) -> ChosenRounds:
    """Of each question its newest round; before that, of the same questions, the one with figures before it.

    `rounds` are those of one product, side and instrument, either all with names or all without. Where no
    newest round has figures, it is the newest word round.
    """
    series: dict[tuple[str, str, str], list[Round]] = defaultdict(list)
    for one in comparable(rounds):
        series[_series(one)].append(one)
    now = _numbers_or_word(_together([of_question[-1] for of_question in series.values()]))
    earlier = []
    for shown in now:
        of_question = series[_series(shown)]
        earlier += [one for one in of_question if _is_before(one, shown)][-1:]
    return ChosenRounds(now, _together(earlier))


def rounds_in(rounds: Iterable[Round], period: Period) -> ChosenRounds:
    """The rounds that were counted in a period; where none of them has figures, the newest word round."""
    return ChosenRounds(_numbers_or_word([one for one in comparable(rounds) if one.counted_at in period]))


def stands_alone(one: Round, rounds: Iterable[Round]) -> bool:
    """Whether this is the only round with figures of its question that closed in its month."""
    month = (one.last_day.year, one.last_day.month)
    return not any(
        other.id != one.id
        and other.question == one.question
        and other.kind is RoundKind.NUMBER
        and (other.last_day.year, other.last_day.month) == month
        for other in rounds
    )


def comparable(rounds: Iterable[Round]) -> list[Round]:
    """What stands and has the wording of the newest round, oldest first."""
    standing = sorted((one for one in rounds if not one.withdrawn), key=_when)
    return [one for one in standing if one.question.wording == standing[-1].question.wording]


def _together(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Those that were counted at about the same time as the newest of them, oldest first."""
    newest = max((one.counted_at for one in rounds), default=None)
    if newest is None:
        return ()
    return tuple(sorted((one for one in rounds if newest - one.counted_at < SAME_TIME), key=_when))


def _numbers_or_word(rounds: Sequence[Round]) -> tuple[Round, ...]:
    numbers = tuple(one for one in rounds if one.kind is RoundKind.NUMBER)
    return numbers or tuple(rounds[-1:])


def _is_before(one: Round, shown: Round) -> bool:
    return one.kind is RoundKind.NUMBER and _when(one) < _when(shown)


def _series(one: Round) -> tuple[str, str, str]:
    """What makes rounds those of one question; of two that a merge has brought together each has its own."""
    return one.question.channel_id, one.question.subject_key, one.question.apart


def _when(one: Round) -> tuple[object, str]:
    return one.counted_at, one.id

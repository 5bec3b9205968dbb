"""Rounds as they are counted, of which a test overrides what it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from jobs.instruments import INSTRUMENTS
from jobs.privacy.round_rule import NumberRound, WordRound
from jobs.scoring.counted_round import count_round
from storage.records import Role
from storage.records.count_records import EarlierRound
from storage.records.round_records import Round
from tests.jobs.privacy.looks import QUESTION, wave

Points = Mapping[int, int]


def counted(
    key: str,
    answers: Sequence[int | Points],
    *,
    number: int = 1,
    people: Iterable[str] | None = None,
    earlier: Sequence[Round] = (),
    word: bool = False,
    named: bool = False,
    need: int = 10,
    roles: Mapping[str, Role] | None = None,
) -> Round:
    """What is kept of these answers, one a person; `earlier` rounds had as many of the same people."""
    names = list(people) if people else [f"p{place:02}" for place in range(len(answers))]
    given = {
        name: answer if isinstance(answer, Mapping) else {1: answer}
        for name, answer in zip(names, answers, strict=True)
    }
    asked = wave(names, number=number, members=max(31, len(names)))
    decision = (WordRound if word else NumberRound)(
        waves=(asked,), members=dict.fromkeys(names, asked.id), left_out=frozenset()
    )
    return count_round(
        INSTRUMENTS[key],
        decision,
        given,
        id=f"r{number}",
        question=replace(QUESTION, instrument=key, lens=INSTRUMENTS[key].lens, named=named),
        counted_at=datetime.fromisoformat("2026-11-20T09:15:00+00:00") + timedelta(weeks=4 * number),
        earlier=[EarlierRound(one, frozenset(names[: one.n])) for one in earlier],
        roles=roles,
        need=need,
    )


def nps(promoters: int, passives: int, detractors: int) -> list[int]:
    """So many answers of each class."""
    return [10] * promoters + [8] * passives + [3] * detractors


def umux(*groups: tuple[int, int, int]) -> list[Points]:
    """UMUX-Lite: so many people with these two points."""
    return [{1: first, 2: second} for count, first, second in groups for _ in range(count)]


BEST, THREE_QUARTERS = (7, 7), (6, 5)
"""Points that make 100 and 75 of UMUX-Lite."""

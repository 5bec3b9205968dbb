"""What rounds cost: how often a team gets a number. `python -m tests.simulation.cost` prints the table.

A question is asked of a team every week or every four, each time six in ten answer, by chance, and a third
write. Nothing else happens. A digest comes every week.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import NamedTuple

from jobs.privacy.batch_rule import UnlistedComment, next_batch
from jobs.privacy.block_rule import BLOCK_FROM
from jobs.privacy.look import ClosedWave, Look
from jobs.privacy.round_rule import NumberRound, Wait, decide
from storage.records.round_records import Mark, RoundKind
from tests.jobs.privacy.looks import QUESTION
from tests.simulation.history import START

WEEKS = 52
SEEN_FOR = 42  # days for which an edition calls a number new
ANSWER, WRITE = 0.6, 0.35


class Year(NamedTuple):
    """A year of one team: in which weeks it got numbers, words, listed comments and a first full block."""

    numbers: tuple[int, ...]
    words: tuple[int, ...]
    listed: tuple[int, ...]
    first_cut: int | None


class Cost(NamedTuple):
    """Means over years: numbers a year, editions with a number of six weeks, first number and first cut."""

    numbers: float
    editions: float
    first_number: float | None
    first_cut: float | None


def year(team: int, every: int, chance: Random) -> Year:
    """A year of a team that is asked every so many weeks."""
    people = [f"p{place}" for place in range(team)]
    waiting: list[ClosedWave] = []
    unlisted: list[UnlistedComment] = []
    marks: list[Mark] = []
    numbers, words, listed, written, first_cut, last = list[int](), list[int](), list[int](), 0, None, None
    for week in range(0, WEEKS, every):
        at = START + timedelta(weeks=week)
        answered = frozenset(person for person in people if chance.random() < ANSWER)
        waiting.append(
            ClosedWave(
                id=f"w{week}",
                number=week,
                opened_at=at,
                closes_at=at,
                promise=5,
                scheduled=True,
                members=team,
                respondents=answered,
            )
        )
        found = decide(
            Look(
                question=QUESTION,
                waves=tuple(waiting),
                today=at.date(),
                last_round_on=last,
                product_keys=frozenset({"atlas"}),
                marks=tuple(marks),
            )
        )
        if not isinstance(found, Wait):
            (numbers if isinstance(found, NumberRound) else words).append(week + 1)
            waiting, last = [], at.date()
            kind = RoundKind.NUMBER if isinstance(found, NumberRound) else RoundKind.WORD
            marks = [_mark(person, week, kind) for person in found.members]
        unlisted += [
            UnlistedComment(id=f"{week} {person}", writer=person, promise=5)
            for person in sorted(answered)
            if chance.random() < WRITE
        ]
        batch = next_batch(unlisted, k=5)
        if batch:
            unlisted, written = [], written + len(batch.comments)
            listed.append(week + 1)
            first_cut = first_cut or (week + 1 if written >= BLOCK_FROM else None)
    return Year(tuple(numbers), tuple(words), tuple(listed), first_cut)


def cost(team: int, every: int, years: int) -> Cost:
    """What a team gets, over so many years."""
    chance = Random(f"{team} {every}")  # noqa: S311 - a draw, not a secret
    drawn = [year(team, every, chance) for _ in range(years)]
    numbers = sum(len(one.numbers) for one in drawn) / years
    editions = sum(
        any(0 <= (week - number) * 7 < SEEN_FOR for number in one.numbers)
        for one in drawn
        for week in range(1, WEEKS + 1)
    )
    return Cost(
        numbers,
        editions / years / WEEKS,
        _middle(one.numbers[0] for one in drawn if one.numbers),
        _middle(one.first_cut for one in drawn if one.first_cut),
    )


def _mark(person: str, week: int, kind: RoundKind) -> Mark:
    return Mark(
        round_id=f"r{week}",
        respondent=person,
        instrument="nps",
        product_key="atlas",
        subject_key="atlas",
        day=(START + timedelta(weeks=week)).date(),
        kind=kind,
        named=False,
    )


def _middle(weeks: Iterator[int]) -> float | None:
    ordered = sorted(weeks)
    return ordered[len(ordered) // 2] if ordered else None


if __name__ == "__main__":
    for team in (8, 12, 20, 40):
        for name, every in (("monthly", 4), ("weekly", 1)):
            found = cost(team, every, 150)
            sys.stdout.write(
                f"{team} {name}: {found.numbers:.1f} numbers a year, editions {found.editions:.2f}, "
                f"first number in week {found.first_number}, first cut in week {found.first_cut}\n"
            )

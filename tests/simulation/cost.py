"""What rounds cost: how often a team gets a number. `python -m tests.simulation.cost` prints the table.

A question is asked of a team every week or every four, each time six in ten answer, by chance, and a third
write. Nothing else happens. A digest comes every week.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from statistics import fmean, pstdev
from typing import NamedTuple

from jobs.privacy.batch_rule import next_batch
from jobs.privacy.block_rule import BLOCK_FROM
from jobs.privacy.look import ClosedWave, Look
from jobs.privacy.round_rule import NumberRound, Wait, decide
from storage.records import UnlistedComment
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
    """Over years: numbers a year, editions with a number of six weeks (means), first number, first cut.

    `first_number` and `first_cut` are weeks, the middle of those years that have one; the first is week 1.
    `error` is the standard error of `numbers`.
    """

    numbers: float
    editions: float
    first_number: float | None
    first_cut: float | None
    error: float = 0.0


MONTHLY, WEEKLY = 4, 1
EXPECTED = {
    (8, MONTHLY): Cost(0, 0, None, None),
    (12, MONTHLY): Cost(5.4, 0.59, 5, 28),
    (12, WEEKLY): Cost(13, 0.98, 2, None),
    (20, MONTHLY): Cost(11.6, 0.94, 1, 16),
    (20, WEEKLY): Cost(13, 1, 1, None),
    (40, MONTHLY): Cost(13, 1, 1, 8),
    (40, WEEKLY): Cost(13, 1, 1, None),
}
"""What the rules cost, by team and weeks between two waves, as drawn when they were made (150 years)."""
YEARS, CLOSE = 150, 0.05


def as_expected(found: Cost, expected: Cost) -> bool:
    """Whether a cell is as it was, within .05 and, for a number of rounds, the errors of both draws."""
    return (
        abs(found.numbers - expected.numbers) <= CLOSE + 3 * 2**0.5 * found.error
        and abs(found.editions - expected.editions) <= CLOSE
        and found.first_number == expected.first_number
    )


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
    counts = [len(one.numbers) for one in drawn]
    editions = sum(
        any(0 <= (week - number) * 7 < SEEN_FOR for number in one.numbers)
        for one in drawn
        for week in range(1, WEEKS + 1)
    )
    return Cost(
        fmean(counts),
        editions / years / WEEKS,
        _middle(one.numbers[0] for one in drawn if one.numbers),
        _middle(one.first_cut for one in drawn if one.first_cut),
        pstdev(counts) / years**0.5,
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


def table() -> Iterator[tuple[str, bool]]:
    """Each cell of the table as a line, and whether it is as expected."""
    for (team, every), expected in EXPECTED.items():
        found = cost(team, every, YEARS)
        rhythm = "monthly" if every == MONTHLY else "weekly"
        line = (
            f"{team} {rhythm}: {found.numbers:.2f} numbers a year ({expected.numbers:g}), "
            f"editions {found.editions:.2f} ({expected.editions:g}), "
            f"first number in week {found.first_number} ({expected.first_number}), "
            f"first cut in week {found.first_cut} ({expected.first_cut or 'not told'})"
        )
        yield line, as_expected(found, expected)


if __name__ == "__main__":
    for line, good in table():
        sys.stdout.write(f"{line}{'' if good else ' NOT AS EXPECTED'}\n")

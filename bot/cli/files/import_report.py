"""What is said of a file: how it was read, what it becomes, and which of its rows do not count, and why."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from jobs.files.import_answers import ImportPlan, ImportRefused
from jobs.files.rated_rows import RowsRead
from jobs.tables.table_file import TextTable
from storage.records.round_records import RoundKind

MOST_NUMBERS = 8  # rows that are named for a reason
WAITS = "too few answers so far: a file that goes on from there counts them"


def report_of(
    table: TextTable, columns: Mapping[str, int], rows: RowsRead, plan: ImportPlan, number: int | None
) -> Iterator[str]:
    """The lines that are printed; `number` is that of the question once it is kept."""
    yield f"Read as {table.form}: {len(table.rows):,} rows."
    if columns:
        yield f"Columns: {', '.join(f'{name} is {table.columns[place]}' for name, place in columns.items())}."
    if not plan.by_person:
        yield "It does not say who answered, so each row counts as a person of their own."
    yield from _rounds(plan)
    yield from _comments(rows, plan)
    for reason, numbers in _reasons(plan):
        yield f"  {len(numbers):,} do not count: {reason} (row {_some(numbers)})."
    if number is not None:
        yield f"Kept as question {number}. To take all of it back: bifocal import --undo {number}"
    elif plan.rounds:
        yield "Nothing is kept yet: to keep it, say the same with --write."
    else:
        yield "Nothing of it can be counted, so there is nothing to keep."


def write_report(file: Path, rows: RowsRead, plan: ImportPlan) -> None:
    """A new file with each row that does not count: its number and the reason, nothing of what it says."""
    exact = dict(rows.refused)
    lines = sorted((row, exact.get(row, reason)) for reason, numbers in _reasons(plan) for row in numbers)
    try:
        with file.open("x", encoding="utf-8", newline="") as into:
            csv.writer(into).writerows([("row", "reason"), *lines])
    except FileExistsError:
        raise ImportRefused(f"{file} is there already: name a new file for --report.") from None
    except OSError as error:
        raise ImportRefused(f"{file} cannot be written ({error.strerror}).") from None


def _rounds(plan: ImportPlan) -> Iterator[str]:
    rounds = [each.round for each in plan.rounds]
    if not rounds:
        return
    first, last = rounds[0].first_day, rounds[-1].last_day
    word = rounds[0].kind is RoundKind.WORD
    kind = "in a round that shows a word" if word else f"in {len(rounds)} round{'s' * (len(rounds) > 1)}"
    yield f"{plan.counted:,} answers count, {kind}, from {first:%B %Y} to {last:%B %Y}:"
    for year in range(first.year, last.year + 1):
        of_year = [one for one in rounds if one.last_day.year == year]
        if of_year:
            yield f"  {year}: " + ", ".join(f"{one.last_day:%b} {one.n:,}" for one in of_year)


def _comments(rows: RowsRead, plan: ImportPlan) -> Iterator[str]:
    kept = sum(len(each.comments) for each in plan.rounds)
    if kept:
        newest = f" of {plan.written:,}, the newest," if kept < plan.written else ""
        cut = f"; {rows.shortened:,} were longer than 1,000 characters and are cut" if rows.shortened else ""
        yield f"{kept:,} comments{newest} are listed for its leads{cut}."
    elif plan.written:
        yield "Too few people have written for comments to be listed, so none is kept."


def _reasons(plan: ImportPlan) -> Iterator[tuple[str, Sequence[int]]]:
    yield from plan.left_out.items()
    if plan.waiting:
        yield WAITS, plan.waiting


def _some(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, islice(numbers, MOST_NUMBERS)))
    return f"{shown} and others" if len(numbers) > MOST_NUMBERS else shown

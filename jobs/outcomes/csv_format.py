"""Reads figures from elsewhere out of a CSV file, as spreadsheets write them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobs.cadence import quoted
from jobs.outcomes.outcome_figure import InvalidOutcome, make_figure, read_iso_day, read_side
from jobs.tables.table_file import UnreadableFile, read_table
from storage.records import OutcomeFigure

COLUMNS = ("metric", "value", "date", "product", "side", "source")
NEEDED = COLUMNS[:4]
MOST_ROWS = 20_000
_NAMES = f"The first line names the columns: {', '.join(COLUMNS)}; side and source may be left out."


class InvalidFile(ValueError):
    """A file that is no table of figures; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A figure and the name of its product, as a line of the file says them."""

    line: int
    product: str
    figure: OutcomeFigure


@dataclass(frozen=True, slots=True)
class CsvFigures:
    """What a file holds: its figures, and for each refused line its number and what is wrong."""

    rows: tuple[CsvRow, ...]
    refused: tuple[tuple[int, str], ...]


def read_csv(data: bytes, *, today: date) -> CsvFigures:
    """The figures of a file with the columns metric, value, date, product, and if wanted side and source.

    Commas, semicolons or tabs stand between them; UTF-8, UTF-16 and the encoding of Windows are read. Raises
    InvalidFile.
    """
    try:
        table = read_table(data)
    except UnreadableFile as unreadable:
        raise InvalidFile(f"{unreadable} {_NAMES}") from None
    names, rows, refused = _columns(table.columns), list[CsvRow](), list[tuple[int, str]]()
    filled = [(line, cells) for line, cells in table.rows if any(cell.strip() for cell in cells)]
    if len(filled) > MOST_ROWS:
        raise InvalidFile(f"The file has more than {MOST_ROWS:,} lines: split it.")
    for line, cells in filled:
        try:
            rows.append(_row(line, names, cells, today))
        except InvalidOutcome as invalid:
            refused.append((line, str(invalid)))
    return CsvFigures(tuple(rows), tuple(refused))


def _columns(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    if missing := [name for name in NEEDED if name not in names]:
        raise InvalidFile(f"There is no column {quoted(missing[0])}. {_NAMES}")
    if unknown := [name for name in names if name not in {*COLUMNS, ""}]:
        raise InvalidFile(f"{quoted(unknown[0])} is no column. {_NAMES}")
    if any(names.count(name) > 1 for name in COLUMNS):
        raise InvalidFile(f"A column is there twice. {_NAMES}")
    return names


def _row(line: int, names: Sequence[str], cells: Sequence[str], today: date) -> CsvRow:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise InvalidOutcome("line", f"It has {len(cells)} cells, and there are {len(names)} columns.")
    row = dict.fromkeys(COLUMNS, "") | {n: c.strip() for n, c in zip(names, cells, strict=False)}
    if not row["product"]:
        raise InvalidOutcome("product", "It names no product.")
    day, whole_month = read_iso_day(row["date"])
    figure = make_figure(
        row["metric"],
        row["value"],
        day,
        today=today,
        whole_month=whole_month,
        lens=read_side(row["side"]),
        source=row["source"],
    )
    return CsvRow(line, row["product"], figure)

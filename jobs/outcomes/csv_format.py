"""Reads figures from elsewhere out of a CSV file, as spreadsheets write them, and writes such lines. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jobs.cadence import quoted
from jobs.outcomes.outcome_figure import InvalidOutcome, make_figure, read_iso_day, read_side
from jobs.tables.table_file import UnreadableFile, plain_cell, read_table
from storage.records import Lens, OutcomeFigure, Unit

OUTCOME_COLUMNS: Mapping[str, str] = {
    "metric": "what it is, such as churn",
    "value": "how much, with what it counts in: 94%, 4.4, 1200 EUR, 12 points",
    "date": "the day that it is about, or the month: 2026-10",
    "product": "the product",
    "side": "customers or users",
    "source": "where it is from, if somebody said",
}
"""Every column, and what it is."""
COLUMNS = tuple(OUTCOME_COLUMNS)
NEEDED = COLUMNS[:4]
MOST_ROWS = 20_000
_SIDES = {Lens.CX: "customers", Lens.UX: "users"}
_AFTER = {Unit.PERCENT: "%", Unit.STARS: " stars", Unit.POINTS: " points"}
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


def outcome_lines(product: str, figures: Iterable[OutcomeFigure]) -> list[dict[str, object]]:
    """The figures about a product as lines that `read_csv` reads, without who has entered them."""
    return [
        {
            "metric": each.metric,
            "value": value_text(each),
            "date": f"{each.day:%Y-%m}" if each.whole_month else each.day.isoformat(),
            "product": product,
            "side": _SIDES[each.lens],
            "source": each.source,
        }
        for each in figures
    ]


def value_text(figure: OutcomeFigure) -> str:
    """A value as `read_value` reads it: "94%", "€1200", "1200 EUR"."""
    if figure.currency.isalpha():
        return f"{figure.value} {figure.currency}"
    return f"{figure.currency}{figure.value}{_AFTER.get(figure.unit, '')}"


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
    said = {name: plain_cell(cell.strip()) for name, cell in zip(names, cells, strict=False)}
    row = dict.fromkeys(COLUMNS, "") | said
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

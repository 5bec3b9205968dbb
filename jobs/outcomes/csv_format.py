"""Reads figures from elsewhere out of a CSV file, as spreadsheets write them. Pure."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from jobs.cadence import quoted
from jobs.outcomes.outcome_figure import InvalidOutcome, make_figure, read_iso_day, read_side
from storage.records import OutcomeFigure

COLUMNS = ("metric", "value", "date", "product", "side", "source")
NEEDED = COLUMNS[:4]
MOST_ROWS = 20_000
_BETWEEN = ",;\t"
_LONGEST_CELL = 10_000


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
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(_BETWEEN, key=first.count))
    if first.casefold().startswith("sep="):  # Excel's own first line
        next(reader)
    names: list[str] | None = None
    rows: list[CsvRow] = []
    refused: list[tuple[int, str]] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = _columns(cells)
                continue
            if len(rows) + len(refused) == MOST_ROWS:
                raise InvalidFile(f"The file has more than {MOST_ROWS:,} lines: split it.")
            try:
                rows.append(_row(reader.line_num, names, cells, today))
            except InvalidOutcome as invalid:
                refused.append((reader.line_num, str(invalid)))
    except csv.Error as error:
        raise InvalidFile(f"Line {reader.line_num} cannot be read as CSV: {error}.") from error
    if names is None:
        raise InvalidFile(f"The file is empty. Its first line names the columns: {', '.join(COLUMNS)}.")
    return CsvFigures(tuple(rows), tuple(refused))


def _decoded(data: bytes) -> str:
    """The text of a file, in the encoding that it shows."""
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf_16 else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise InvalidFile("The file is no text: save it as CSV in UTF-8.")


def _columns(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    said = f"The first line names the columns: {', '.join(COLUMNS)}; side and source may be left out."
    if missing := [name for name in NEEDED if name not in names]:
        raise InvalidFile(f"There is no column {quoted(missing[0])}. {said}")
    if unknown := [name for name in names if name not in {*COLUMNS, ""}]:
        raise InvalidFile(f"{quoted(unknown[0])} is no column. {said}")
    if any(names.count(name) > 1 for name in COLUMNS):
        raise InvalidFile(f"A column is there twice. {said}")
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

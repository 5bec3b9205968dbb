"""Files of rows as other programs write them: CSV of many kinds, and JSON lines, to cells of text. Pure."""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_BETWEEN = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula, where a cell begins with it."""
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
"""How JSON begins: a CSV file may begin with a bracket too, as in "[score],date"."""
MOST_CHARACTERS = 1_000_000  # of one cell; a quotation mark that is never closed takes the rest of the file


class UnreadableFile(ValueError):
    """Raised for a file that is no such table; its text is one sentence that says what to do."""


class TextTable(NamedTuple):
    """The cells of a file: the names of its columns, and rows with their numbers.

    Rows are numbered as a spreadsheet shows them: the names are row 1; the lines of JSON begin with 1. A row
    has as many cells as there are columns, or more where the file has. `form` says how the file was read.
    """

    columns: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]
    form: str


def read_table(data: bytes, *, encoding: str | None = None) -> TextTable:
    """The cells of a file; without an `encoding` it is found. Raises UnreadableFile."""
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableFile("This is a workbook, no CSV file: save it as CSV (UTF-8), and name that file.")
    text, name = _decode(data, encoding)
    text = text.replace("\x00", "")
    if not text.strip():
        raise UnreadableFile("The file is empty.")
    if _JSON.match(text):
        return _from_json(text, name)
    return _from_csv(text, name)


def safe_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `plain_cell` undoes it."""
    return f"'{cell}" if cell.lstrip("'").startswith(_DANGEROUS) else cell


def plain_cell(cell: str) -> str:
    """A cell without the mark of `safe_cell`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_DANGEROUS) else cell


def write_csv(columns: Iterable[str], rows: Iterable[Iterable[str | float]]) -> str:
    """A CSV file that is safe in spreadsheets; a number, which is no formula, stays one."""
    into = io.StringIO()
    write = csv.writer(into)
    write.writerow(columns)
    for row in rows:
        write.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return into.getvalue()


def _decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    if encoding:
        try:
            return data.decode(encoding), encoding
        except (LookupError, UnicodeError):
            raise UnreadableFile(
                f"The file is not in {encoding}: leave --encoding out, or name another one."
            ) from None
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, codec, name)
    if data[1:64:2].count(0) > len(data[1:64:2]) // 2:  # UTF-16 of a program that writes no mark
        return _decode_as(data, "utf-16-le", "UTF-16")
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252 (Latin-1)"


def _decode_as(data: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        return data.decode(codec).removeprefix("\ufeff"), name
    except UnicodeDecodeError:
        raise UnreadableFile(f"The file begins as {name} and goes on otherwise: save it anew.") from None


def _from_csv(text: str, name: str) -> TextTable:
    mark = ""
    if text[:4].lower() == "sep=":  # Excel's own first line
        line, _, text = text.partition("\n")
        mark = line.strip("\r")[4:5]
    mark = mark or _between(text)
    csv.field_size_limit(MOST_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        header = next(reader)
        columns = tuple(plain_cell(each.strip()) for each in header)
        rows = list(enumerate(map(tuple, reader), start=2))
    except StopIteration:
        raise UnreadableFile("The file is empty.") from None
    except csv.Error:
        raise UnreadableFile(
            f"The file cannot be read from line {reader.line_num} on: is a quotation mark never closed there?"
        ) from None
    whole = [(number, _padded(row, len(columns))) for number, row in rows]
    return TextTable(columns, whole, f"{name}, with {_BETWEEN.get(mark, mark)}")


def _padded(row: tuple[str, ...], size: int) -> tuple[str, ...]:
    return row if len(row) >= size else row + ("",) * (size - len(row))


def _between(text: str) -> str:
    """What stands between the cells of the first line, outside of quotation marks."""
    line = "".join(text.partition("\n")[0].split('"')[::2])
    return max(_BETWEEN, key=line.count)


def _from_json(text: str, name: str) -> TextTable:
    rows, columns = [], dict[str, int]()
    for number, record in _records(text):
        flat = dict(_flat(record))
        for key in flat:
            columns.setdefault(key, len(columns))
        rows.append((number, flat))
    cells = [(number, tuple(flat.get(key, "") for key in columns)) for number, flat in rows]
    return TextTable(tuple(columns), cells, f"{name}, JSON lines")


def _records(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if text.lstrip().startswith("["):
        found = list(enumerate(_loaded(text, 1), start=1))
    else:  # other line ends than this one may stand in a comment
        lines = enumerate(text.split("\n"), start=1)
        found = [(number, _loaded(line, number)) for number, line in lines if line.strip()]
    for number, record in found:
        if not isinstance(record, dict):
            raise UnreadableFile(f"Record {number} of the file is no JSON object.")
        yield number, record


def _loaded(text: str, first_line: int) -> Any:
    """What a text says; its first line is that line of the file."""
    try:
        return json.loads(text)
    except ValueError as error:
        line = first_line + getattr(error, "lineno", 1) - 1
        raise UnreadableFile(f"The file is no JSON from line {line} on: each line is one record.") from None
    except RecursionError:
        raise UnreadableFile(f"Line {first_line} of the file is nested too deeply to be a record.") from None


def _flat(record: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """The values of a record as text; what lies deeper has a name with a dot (`person.email`)."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        elif isinstance(value, str):
            yield f"{above}{key}", _storable(value)
        elif value is not None and not isinstance(value, list):
            yield f"{above}{key}", json.dumps(value)


def _storable(text: str) -> str:
    """A text as a database takes it: JSON may spell a NUL, and half of a character of two parts."""
    return text.replace("\x00", "").encode(errors="replace").decode()

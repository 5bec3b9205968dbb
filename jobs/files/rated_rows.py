"""Rows with a score each, as other services give them: which column is what, and which rows count. Pure."""

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from jobs.files.file_dates import is_day_first, read_moment
from jobs.instruments import Instrument, find
from jobs.tables.table_file import TextTable, UnreadableFile, plain_cell
from storage.records.answer_records import MOST_CHARACTERS
from storage.records.name_folding import fold

KNOWN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "score": ("score", "rating", "npsscore", "csatscore", "cesscore"),
    "comment": ("comment", "comments", "feedback", "text", "verbatim"),
    "date": ("createdat", "date", "respondedat", "responsedate", "responsetime", "submittedat", "timestamp"),
    "instrument": ("surveytype", "instrument", "metric"),
    "product": ("product", "personpropertiesproduct"),
    "person": ("person", "personid", "email", "personemail", "emailaddress", "customeremail"),
    "id": ("id", "responseid", "surveyresponseid"),
}
"""What can be read, and the names of columns that are understood without being told, letters alone."""
REQUIRED = ("score", "date")
OTHER_SCALES = {"ces": "five points", "csat3": "three points"}
"""Kinds of Delighted that have the name of an instrument and another scale; seven points are `ces7`."""
_PAIRS = re.compile(rf",\s*(?=(?:{'|'.join(KNOWN_COLUMNS)})\s*=)")
_LEAST_FOR_SCALE = 10


class RatedRow(NamedTuple):
    """An answer of a file. `person` is empty where the file does not say whose it is.

    `mark` tells the row from all others: it is made of its own id and score, else of all its cells but the
    comment. With another score it is another row: two totals, one with the old score, would tell what was
    changed. Without its comment it is the same, so that one can be left out. `which` tells it too, but says
    nothing of what somebody chose: of its own id and day, else of all its cells but score and comment. Where
    no person stands in the row its score is in it, and how many such rows stand before it.
    """

    number: int
    at: datetime
    point: int
    person: str
    comment: str
    mark: bytes
    which: bytes = b""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The answers of a file, and of every other row its number and why it is none; never what it says.

    `shortened` counts comments that were longer than comments may be.
    """

    rows: list[RatedRow] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    shortened: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be read: answers on one instrument about a product (any of its names, folded), until now."""

    instrument: Instrument
    product_names: frozenset[str]
    now: datetime
    day_first: bool | None = None


def read_map(texts: Sequence[str]) -> dict[str, str]:
    """Which column is what, as typed: `score=nps_score,comment=Text`. Raises UnreadableFile."""
    told: dict[str, str] = {}
    for pair in (pair for text in texts for pair in _PAIRS.split(text)):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or name not in KNOWN_COLUMNS:
            raise UnreadableFile(
                f"--map cannot read {pair!r}: write such as score=nps_score,date=Created, "
                f"where the left is one of {', '.join(KNOWN_COLUMNS)}."
            )
        told[name] = column
    return told


def find_columns(table: TextTable, told: Mapping[str, str]) -> dict[str, int]:
    """Where each thing stands: as told, else by the name of the column. Raises UnreadableFile."""
    places = {}
    letters = ["".join(filter(str.isalnum, name.casefold())) for name in table.columns]
    for name, known in KNOWN_COLUMNS.items():
        if name in told:
            places[name] = _place(table, told[name])
        elif found := next((each for each in known if each in letters), None):
            places[name] = letters.index(found)
    for name in REQUIRED:
        if name not in places:
            raise UnreadableFile(
                f"Which column is the {name}? Say --map {name}=COLUMN; "
                f"the file has {', '.join(table.columns[:12])}."
            )
    return places


def _place(table: TextTable, column: str) -> int:
    if column in table.columns:
        return table.columns.index(column)
    folded = [name.casefold() for name in table.columns]
    if column.casefold() in folded:
        return folded.index(column.casefold())
    near = difflib.get_close_matches(column.casefold(), folded, n=1, cutoff=0.5)
    hint = (
        f"did you mean {table.columns[folded.index(near[0])]}?"
        if near
        else (f"the file has {', '.join(table.columns[:12])}.")
    )
    raise UnreadableFile(f"The file has no column {column}: {hint}")


def read_rows(
    table: TextTable,
    places: Mapping[str, int],
    wanted: Wanted,
    *,
    advance: Callable[[int], object] = lambda _: None,
) -> RowsRead:
    """The answers of a file. Raises UnclearDates, and UnreadableFile where the scale is another one."""
    read = _Reader(table, places, wanted)
    for done, (number, cells) in enumerate(table.rows, start=1):
        read.take(number, cells)
        if done % 5000 == 0:
            advance(5000)
    highest = max((row.point for row in read.rows), default=0)
    if wanted.instrument.key == "ces" and len(read.rows) >= _LEAST_FOR_SCALE and highest <= 5:  # noqa: PLR2004
        raise UnreadableFile(
            "No score is above 5: this looks like CES on five points, and here it has seven. "
            "Scores of another scale are not turned into these."
        )
    return RowsRead(read.rows, read.refused, read.shortened)


class _Reader:
    """Reads row after row; knows which ids it has seen."""

    def __init__(self, table: TextTable, places: Mapping[str, int], wanted: Wanted) -> None:
        self.rows: list[RatedRow] = []
        self.refused: list[tuple[int, str]] = []
        self.shortened = 0
        self._width, self._wanted = len(table.columns), wanted
        self._place = {name: places.get(name) for name in KNOWN_COLUMNS}
        self._seen: dict[str, int] = {}
        self._alike = Counter[str]()
        date = places["date"]
        self._day_first = is_day_first((cells[date] for _, cells in table.rows), wanted.day_first)
        self._points = {str(point): point for point in wanted.instrument.scale.points}

    def take(self, number: int, cells: tuple[str, ...]) -> None:
        """Keeps the answer of a row, or why it is none."""
        found = self._answer(number, cells)
        if isinstance(found, str):
            self.refused.append((number, found))
        else:
            self.rows.append(found)

    def _cell(self, name: str, cells: tuple[str, ...]) -> str:
        place = self._place[name]
        return "" if place is None else plain_cell(cells[place]).strip()

    def _answer(self, number: int, cells: tuple[str, ...]) -> RatedRow | str:
        """The answer, or why there is none."""
        if reason := self._unfit(cells) or self._about_another(cells):
            return reason
        score, date = self._cell("score", cells), self._cell("date", cells)
        point = self._points.get(score.removesuffix(".0").removesuffix(",0"))
        at = read_moment(date, day_first=self._day_first)
        if point is None:
            points = self._wanted.instrument.scale.points
            allowed = f"the score is not a whole number from {points[0]} to {points[-1]}"
            return allowed if score else "there is no score"
        if at is None or at > self._wanted.now:
            wrong = "the date is in the future" if at else "the date cannot be read"
            return wrong if date else "there is no date"
        row_id = self._cell("id", cells)
        if row_id and (before := self._seen.setdefault(row_id, number)) != number:
            return f"its id stands in the file before: row {before}"
        comment = self._cell("comment", cells)
        self.shortened += len(comment) > MOST_CHARACTERS
        person = self._cell("person", cells).casefold()
        others = "\x1f".join(self._without(cells, "comment"))
        mark = _digest(f"{row_id}\x1f{point}" if row_id else others)
        if row_id:
            which = f"{row_id}\x1f{at:%Y-%m-%d}"
        else:
            which = "\x1f".join(self._without(cells, "comment", "score")) if person else others
            self._alike[which] += 1
            which = f"{which}\x1f{self._alike[which]}"
        return RatedRow(number, at, point, person, comment[:MOST_CHARACTERS], mark, _digest(which))

    def _without(self, cells: tuple[str, ...], *names: str) -> Iterator[str]:
        left_out = [self._place[name] for name in names]
        return (cell for place, cell in enumerate(cells) if place not in left_out)

    def _unfit(self, cells: tuple[str, ...]) -> str | None:
        if not any(cell.strip() for cell in cells):
            return "the row is empty"
        return "the row has more cells than there are columns" if len(cells) > self._width else None

    def _about_another(self, cells: tuple[str, ...]) -> str | None:
        """Why a row is about something else, where it says so."""
        kind = self._cell("instrument", cells)
        if kind:
            scale = OTHER_SCALES.get(kind.casefold())
            if scale and kind.casefold().startswith(self._wanted.instrument.key):
                return f"{kind} has a scale of {scale}, another one than here"
            known = find("ces" if kind.casefold() == "ces7" else kind)
            if known is not self._wanted.instrument:
                return "another kind of question"
        product = self._cell("product", cells)
        if product and fold(product) not in self._wanted.product_names:
            return "another product"
        return None


def _digest(words: str) -> bytes:
    return hashlib.blake2b(words.encode(errors="replace"), digest_size=16).digest()

"""T10: what a database file, its journal and a log still tell of counted answers: nothing, it should be.

Nor of answers that are kept no more for another reason: forgotten, taken down, replaced by a copy.

A row of an answer holds the ids of wave and person one after the other. Comments hold both too, so only
answers without a comment are looked for byte by byte.
"""

import sqlite3
from collections.abc import Container, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from storage.records.round_records import Round
from tests.simulation.history import Slot

Row = tuple[str, str]
"""Wave and person of an answer, as the database names them."""
FILE = "bifocal.db"


def answers_in(folder: Path) -> set[Row]:
    """The answers that a database holds, each by wave and person."""
    rows = _read(folder, "SELECT DISTINCT wave_id, respondent FROM rating WHERE item > 0")
    return {(wave, person) for wave, person in rows}


def ties_left(
    folder: Path,
    given: Mapping[Row, Slot],
    *,
    written: set[Slot],
    log: str,
    named: Container[str] = (),
) -> Iterator[str]:
    """Every trace of an answer that is counted or erased.

    `given` are all answers there ever were, `written` has a comment; `named` are the waves with names.
    """
    counted, kept = {wave for (wave,) in _read(folder, _COUNTED)}, answers_in(folder)
    ties = {row for row in given if row[0] in counted or row not in kept}
    for wave, person in kept & ties:
        yield f"the answer of {given[wave, person]} is kept after its count"
    for path in sorted(folder.glob(f"{FILE}*")):
        content = path.read_bytes()
        for row in sorted(ties):
            if given[row] not in written and "".join(row).encode() in content:
                yield f"{path.name} holds the bytes of the answer of {given[row]}"
    told = "\n".join(str(row) for row in _read(folder, "SELECT * FROM post"))
    # where names are asked for, the person is no key but a user id
    for person in {row[1] for row, slot in given.items() if slot[0] not in named}:
        if person in log or person in told:
            yield f"the key of {person} is in the log or in a message"


def nearly_unanimous(rounds: list[Round]) -> Iterator[str]:
    """Every kept count in which all but two or fewer people are at one value."""
    for one in rounds:
        counts = [*one.histogram.values(), *(people for item in one.items for people in item.values())]
        if one.n - 2 <= max(counts, default=0):
            yield f"the round of {one.counted_on} keeps a count that is nearly unanimous"


def batches_in(folder: Path) -> list[str]:
    """The batches of comments in a database, each in words: of what, its need, its comments, its block."""
    return sorted(" ".join(map(str, row)) for row in _read(folder, _BATCHES))


_BATCHES = """
    SELECT 'batch of', question.channel_id, LOWER(product.name), question.instrument, batch.need,
        CASE WHEN batch.withdrawn_at IS NULL THEN 'with ' || COUNT(comment.id) ELSE 'withdrawn' END,
        CASE WHEN batch.block_id IS NULL THEN 'uncut' ELSE 'cut' END
    FROM batch
    JOIN question ON question.team_id = batch.team_id AND question.id = batch.question_id
    JOIN product ON product.team_id = question.team_id AND product.id = question.product_id
    JOIN batch_wave ON batch_wave.team_id = batch.team_id AND batch_wave.batch_id = batch.id
    LEFT JOIN comment ON comment.team_id = batch_wave.team_id AND comment.wave_id = batch_wave.wave_id
    GROUP BY batch.team_id, batch.id
"""
_COUNTED = """
    SELECT wave.id FROM wave
    JOIN question ON question.team_id = wave.team_id AND question.id = wave.question_id
    WHERE wave.round_id IS NOT NULL AND NOT question.named
"""


def _read(folder: Path, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(folder / FILE)) as database:
        return database.execute(query).fetchall()

"""Traces of counted answers are found, where there are any."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.jobs.scoring.rounds import counted
from tests.simulation.gone import FILE, answers_in, nearly_unanimous, ties_left
from tests.simulation.insiders import Form
from tests.simulation.leaks import unclipped

TABLES = """
    CREATE TABLE question (team_id, id, named);
    CREATE TABLE wave (team_id, id, question_id, round_id);
    CREATE TABLE rating (
        team_id, wave_id, respondent, item, point, PRIMARY KEY (team_id, wave_id, respondent, item)
    ) WITHOUT ROWID;
    CREATE TABLE post (payload);
    INSERT INTO question VALUES ('T1', 'q', FALSE);
    INSERT INTO wave VALUES ('T1', 'wave-1', 'q', 'r');
    INSERT INTO rating VALUES ('T1', 'wave-1', 'person-1', 1, 9);
"""
GIVEN = {("wave-1", "person-1"): ("w1", "p1")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database in which one answer is kept after its count."""
    change(tmp_path, TABLES)
    return tmp_path


def change(folder: Path, statements: str) -> None:
    """Do something to the database."""
    with closing(sqlite3.connect(folder / FILE)) as database:
        database.executescript(f"PRAGMA secure_delete = OFF; {statements}")


def test_an_answer_that_is_kept(folder: Path) -> None:
    """Planted: a row that the count should have deleted."""
    assert answers_in(folder) == set(GIVEN)
    row, content = ties_left(folder, GIVEN, written=set(), log="")
    assert "is kept" in row
    assert "bytes" in content


def test_the_bytes_of_a_deleted_answer(folder: Path) -> None:
    """Planted: a row that is deleted, and whose bytes stay in the file."""
    change(folder, "DELETE FROM rating")
    (found,) = ties_left(folder, GIVEN, written=set(), log="")
    assert "bytes" in found


def test_nothing_is_left(folder: Path) -> None:
    """Once the bytes are overwritten there is nothing to find."""
    change(folder, "DELETE FROM rating; VACUUM")
    assert not list(ties_left(folder, GIVEN, written=set(), log=""))


@pytest.mark.parametrize("place", ["log", "message"])
def test_the_key_of_a_person(folder: Path, place: str) -> None:
    """Planted: the key of somebody in a line of the log, or in a message."""
    change(folder, "DELETE FROM rating; VACUUM; INSERT INTO post VALUES ('nothing')")
    if place == "message":
        change(folder, "INSERT INTO post VALUES ('person-1 chose 9')")
    assert list(ties_left(folder, GIVEN, written=set(), log="person-1" if place == "log" else ""))


def test_a_count_that_is_nearly_unanimous() -> None:
    """Planted: a clipped round with the counts that it must not have."""
    group: list[Form] = [*[(10,)] * 10, *[(3,)] * 2]
    clipped = counted("nps", [dict(enumerate(form, start=1)) for form in group])
    assert not list(nearly_unanimous([clipped]))
    assert list(nearly_unanimous([unclipped(clipped, group)]))

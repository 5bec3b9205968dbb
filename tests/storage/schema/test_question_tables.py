from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, ForeignKeyConstraint, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from storage.schema.migrate import TABLES
from storage.schema.question_tables import COMMENT, RATING, WAVE
from storage.store import Store
from tests.storage.scene import HASH, MONDAY, a_comment, a_label, a_pulse, a_rating, a_wave


@pytest.mark.parametrize("table", TABLES.sorted_tables, ids=str)
def test_keys_begin_with_the_workspace(table: Table) -> None:
    """Primary keys, unique keys, references and indexes all start with team_id."""
    keys = [list(table.primary_key.columns)]
    keys += [list(index.columns) for index in table.indexes]
    keys += [
        list(each.columns)
        for each in table.constraints
        if isinstance(each, UniqueConstraint | ForeignKeyConstraint)
    ]
    assert {key[0].name for key in keys} == {"team_id"}


def test_there_is_a_table_for_everything_that_is_remembered() -> None:
    """The tables are those of the design, the quotes of editions, and what is kept of the installation."""
    assert set(TABLES.tables) == {
        *("product", "pulse", "wave", "rating", "comment", "label", "correction"),
        *("question", "round", "round_overlap", "file_rows", "participation", "role"),
        *("batch", "batch_wave", "block", "saved", "removed_message", "outcome"),
        *("pause", "reminder", "instrument_pause"),
        "channel_group",
        *("digest", "edition", "quote", "share", "occasion", "post", "fingerprint", "installation"),
    }


def test_one_answer_per_person_wave_and_item() -> None:
    """The database itself refuses a second row for the same person, wave and item (rule 2)."""
    assert [column.name for column in RATING.primary_key] == ["team_id", "wave_id", "respondent", "item"]
    unique = [each for each in COMMENT.constraints if isinstance(each, UniqueConstraint)]
    assert [[column.name for column in each.columns] for each in unique] == [
        ["team_id", "wave_id", "respondent"]
    ]


def test_no_table_of_answers_has_room_for_a_user_id() -> None:
    """Whoever answers is in a column called respondent, and in no other."""
    columns = {column.name for table in TABLES.sorted_tables for column in table.c}
    assert not {name for name in columns if "user" in name}
    assert [table.name for table in TABLES.sorted_tables if "respondent" in table.c] == [
        *("instrument_pause", "pause", "role", "participation", "comment", "rating", "reminder"),
    ]


@pytest.mark.parametrize(
    "changes",
    [{"item": 1, "point": None}, {"item": 0, "point": 5}, {"item": -1}, {"point": -1}, {"point": 101}],
)
async def test_a_rating_out_of_any_range_is_refused(store: Store, changes: dict[str, Any]) -> None:
    """A point lies within 0 to 100, an item counts from 1, and only the mark of a take-back has no point."""
    wave = await a_wave(store)
    row = {
        "team_id": wave.team_id,
        "wave_id": wave.id,
        "respondent": HASH,
        "item": 1,
        "point": 9,
        "clicked_at": MONDAY,
        "external": False,
    }
    with pytest.raises(IntegrityError):
        await store.database.write(lambda connection: connection.execute(RATING.insert(), {**row, **changes}))


@pytest.mark.parametrize("min_group", [4, 21])
async def test_a_smallest_group_out_of_range_is_refused(store: Store, min_group: int) -> None:
    """No pulse shows groups under 3 (rule 5)."""
    with pytest.raises(IntegrityError):
        await a_pulse(store, min_group=min_group)


async def test_a_wave_does_not_close_before_it_opens(store: Store) -> None:
    """A wave's close lies after its opening."""
    with pytest.raises(IntegrityError):
        await a_wave(store, closes_at=MONDAY.replace(hour=8))


async def test_a_polarity_out_of_range_is_refused(store: Store) -> None:
    """A polarity lies in [-1, 1]."""
    wave = await a_wave(store)
    with pytest.raises(IntegrityError):
        await store.answers.record([a_rating(wave)], comment=a_comment(label=a_label(polarity=-1.5)))


async def test_a_row_of_nothing_is_refused(store: Store) -> None:
    """A wave belongs to a pulse that is there: references are enforced."""
    wave = await a_wave(store)

    def orphan(connection: Connection) -> None:
        connection.execute(WAVE.update().values(pulse_id="nowhere"))

    with pytest.raises(IntegrityError):
        await store.database.write(orphan)
    assert await store.waves.get(wave.team_id, wave.id) == wave


async def test_a_naive_moment_reaches_no_table(store: Store) -> None:
    """A naive moment raises ValueError with a sentence, not an error of the database."""
    naive = datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="needs a zone"):
        await a_pulse(store, created_at=naive)
    wave = await a_wave(store)
    with pytest.raises(ValueError, match="needs a zone"):
        await store.waves.close(wave.team_id, wave.id, at=naive)
    with pytest.raises(ValueError, match="needs a zone"):
        await store.pulses.due(naive)

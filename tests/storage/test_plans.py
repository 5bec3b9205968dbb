from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from storage.engine.sqlite import SQLiteDatabase
from storage.records import Period
from storage.schema.migrate import TABLES
from storage.store import Store
from tests.storage.scene import DAY, HASH, HOUR, MONDAY, TEAM, a_comment, a_rating, a_wave

Verb = Callable[[Store], Awaitable[object]]
ABOUT: dict[str, Any] = {"product_id": "p", "channels": ["C1"]}
PERIOD = Period(MONDAY, MONDAY + 7 * DAY)

SCANS = {f"SCAN {table.name}" for table in TABLES.sorted_tables}

HOT: dict[str, Verb] = {
    "counted": lambda store: store.responses.counted(TEAM, **ABOUT, period=PERIOD, instrument="nps"),
    "responses_of_person": lambda store: store.responses.responses_of_person(TEAM, [HASH]),
    "forget": lambda store: store.erasure.forget(TEAM, [HASH]),
    "unlabelled": lambda store: store.comments.unlabelled(50),
    "pulses due": lambda store: store.pulses.due(MONDAY),
    "digests due": lambda store: store.digests.due(MONDAY),
    "closing": lambda store: store.waves.closing(MONDAY),
    "settling": lambda store: store.rounds.settling(MONDAY),
    "in_channels": lambda store: store.waves.in_channels(TEAM, ["C1"]),
    "claim": lambda store: store.outbox.claim(now=MONDAY, lease=HOUR, limit=50),
    "expire": lambda store: store.outbox.expire(now=MONDAY),
    "request_update": lambda store: store.outbox.request_update(TEAM, "w"),
}


@pytest.fixture
async def statements(store: Store) -> AsyncIterator[list[tuple[str, Any]]]:
    """The statements that the store runs from here on, with their values."""
    seen: list[tuple[str, Any]] = []

    def see(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            seen.append((statement, values))

    database = store.database
    assert isinstance(database, SQLiteDatabase)
    engines = (database._read_engine, database._write_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", see)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", see)


@pytest.mark.parametrize("name", HOT)
async def test_what_is_asked_often_reads_no_whole_table(
    store: Store, statements: list[tuple[str, Any]], name: str
) -> None:
    """Figures, ticks and commands find their rows by an index, however many years are kept."""
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave)], comment=a_comment(label=None))
    statements.clear()
    await HOT[name](store)
    assert statements
    for statement, values in list(statements):
        explain = f"EXPLAIN QUERY PLAN {statement}"
        plan = await store.database.read(
            lambda connection, explain=explain, values=values: [  # type: ignore[misc]
                row.detail for row in connection.exec_driver_sql(explain, values)
            ]
        )
        whole = [step for step in plan if step.endswith("(team_id=?)") or step in SCANS]
        assert not whole, plan


async def test_a_period_is_one_range_of_one_index(store: Store, statements: list[tuple[str, Any]]) -> None:
    """The waves of a period are found by workspace, channel, product and time, all in the index."""
    await HOT["counted"](store)
    statement, values = statements[0]
    plan = await store.database.read(
        lambda connection: connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    )
    assert (
        "wave USING INDEX ix_wave_counted"
        " (team_id=? AND channel_id=? AND product_id=? AND counted_at>? AND counted_at<?)"
    ) in str(plan)

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from storage.engine.sqlite import SQLiteDatabase
from storage.records import Lens
from storage.schema.migrate import TABLES
from storage.store import Store
from tests.storage.scene import (
    DAY,
    HASH,
    HOUR,
    MONDAY,
    TEAM,
    a_comment,
    a_digest,
    a_label,
    a_rating,
    a_wave,
    all_waves,
    an_edition,
    an_occasion,
    ask_for_update,
    publish,
    settle,
)

pytestmark = pytest.mark.sqlite("how SQLite runs queries")

Verb = Callable[[Store], Awaitable[object]]

SCANS = {f"SCAN {table.name}" for table in TABLES.sorted_tables}

HOT: dict[str, Verb] = {
    "clicks": lambda store: _clicked(store),  # noqa: PLW0108
    "questions open": lambda store: _opened(store),  # noqa: PLW0108
    "responses_of_person": lambda store: store.responses.responses_of_person(TEAM, [HASH]),
    "answers with names": lambda store: store.named_answers.page(TEAM, ["p"], offset=0, limit=3),
    "what is left of a person": lambda store: store.personal_data.counted(TEAM, [HASH]),
    "forget": lambda store: store.erasure.forget(TEAM, [HASH]),
    "may be written to": lambda store: store.pauses.claim_writing(TEAM, HASH, now=MONDAY),
    "reminders soon": lambda store: store.reminders.closing(MONDAY, MONDAY + DAY),
    "unlabelled": lambda store: store.comments.unlabelled(50),
    "pulses due": lambda store: store.pulses.due(MONDAY),
    "digests due": lambda store: store.digests.due(MONDAY),
    "closing": lambda store: store.waves.closing(MONDAY),
    "without_invited": lambda store: store.waves.without_invited(MONDAY),
    "questions due": lambda store: store.rounds.due(MONDAY + 4 * DAY),
    "count": lambda store: _looked_at(store),  # noqa: PLW0108
    "rounds": lambda store: store.rounds.about(TEAM, ["C1", "C2"], product_id="p", instrument="nps"),
    "rounds of many years": lambda store: store.rounds.long_story(TEAM, ["C1"], product_id="p", whole=18),
    "listed lately": lambda store: store.listed_comments.batches(TEAM, ["C1"], product_id="p", since=MONDAY),
    "cuts": lambda store: store.listed_comments.cuts(TEAM, ["C1"], product_id="p", lens=Lens.CX),
    "an edition": lambda store: _published(store),  # noqa: PLW0108
    "a round": lambda store: store.rounds.find(TEAM, "r"),
    "take down": lambda store: store.erasure.take_down(TEAM, "w", at=MONDAY),
    "questions of a lead": lambda store: store.own_questions.newest_waves(TEAM, ["p", "q"]),
    "open where somebody is": lambda store: store.own_questions.open_in(
        TEAM, ["C1", "C2"], now=MONDAY, since=MONDAY
    ),
    "open waves": lambda store: store.waves.open_of(TEAM, "p"),
    "newest wave": lambda store: store.waves.newest(TEAM, "p"),
    "recent waves": lambda store: store.waves.recent(TEAM, "C1", instrument="nps", since=MONDAY),
    "what waits": lambda store: store.rounds.waiting(TEAM, "q", at=MONDAY),
    "pulses of a channel": lambda store: store.pulses.in_channel(TEAM, "C1", now=MONDAY),
    "what was asked": lambda store: store.questions.asked(TEAM, ["C1", "C2"], product_id="p"),
    "askings": lambda store: store.questions.askings(TEAM, ["C1"], product_id="p", since=MONDAY),
    "outdated": lambda store: store.comments.outdated("v1", limit=50),
    "count_outdated": lambda store: store.comments.count_outdated("v1"),
    "claim": lambda store: store.outbox.claim(now=MONDAY, lease=HOUR, limit=50),
    "expire": lambda store: store.doubts.expire(now=MONDAY),
    "renewals": lambda store: store.renewals.sweep(),
    "request_update": lambda store: ask_for_update(store, "w"),
}


async def _clicked(store: Store) -> None:
    """Several people at once: with one alone, SQLite finds more by an index."""
    waves = await all_waves(store)
    clicks = [store.answers.record([a_rating(wave, who)]) for who in "abcde" for wave in waves]
    assert len(await asyncio.gather(*clicks)) == len(clicks)


async def _opened(store: Store) -> None:
    """Several scheduled questions at once."""
    pulses = [wave.pulse for wave in await all_waves(store)]
    when: dict[str, Any] = {"question": "?", "ui_version": 1, "opened_at": MONDAY, "closes_at": MONDAY + DAY}
    due = [an_occasion(pulse.id, f"2026-11-16T{hour}:00") for hour in (10, 11) for pulse in pulses]
    opening = zip(pulses * 2, due, strict=True)
    await asyncio.gather(*(store.waves.open(pulse=pulse, occasion=at, **when) for pulse, at in opening))


async def _published(store: Store) -> None:
    digest = await a_digest(store)
    await publish(store, digest, an_edition(digest, "c"))


async def _looked_at(store: Store) -> None:
    wave, *_ = await all_waves(store)
    assert await settle(store, wave, at=wave.closes_at + HOUR, counts=False)


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


def _is_whole(step: str) -> bool:
    """Whether a step reads all that a table has of a workspace; of `installation` that is one row."""
    return step in SCANS or (step.endswith("(team_id=?)") and "SEARCH installation " not in step)


@pytest.mark.parametrize("name", HOT)
async def test_what_is_asked_often_reads_no_whole_table(
    store: Store, statements: list[tuple[str, Any]], name: str
) -> None:
    """Figures, ticks and commands find their rows by an index, however many years are kept."""
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave)], comment=a_comment(label=None))
    await a_wave(store)  # a second one, since of one row SQLite finds more by an index than of several
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
        whole = [step for step in plan if _is_whole(step)]
        assert not whole, plan


async def plans(store: Store, statements: list[tuple[str, Any]], name: str) -> str:
    """How the database finds what a verb asks for."""
    statements.clear()
    await HOT[name](store)
    found = []
    for statement, values in list(statements):
        explain = f"EXPLAIN QUERY PLAN {statement}"
        found += await store.database.read(
            lambda connection, explain=explain, values=values: connection.exec_driver_sql(  # type: ignore[misc]
                explain, values
            ).all()
        )
    return str(found)


@pytest.mark.parametrize("name", ["open waves", "recent waves", "pulses of a channel"])
async def test_open_waves_are_found_among_open_ones(
    store: Store, statements: list[tuple[str, Any]], name: str
) -> None:
    """However often a pulse has asked, only what is not closed is looked at."""
    assert "wave USING INDEX ix_wave_open (team_id=? AND pulse_id=?)" in await plans(store, statements, name)


async def test_the_last_wave_is_one_step_of_an_index(store: Store, statements: list[tuple[str, Any]]) -> None:
    """The newest wave is read from the end of an index, without sorting all."""
    newest = await plans(store, statements, "newest wave")
    assert "ix_wave_pulse (team_id=? AND pulse_id=?)" in newest
    assert "USE TEMP B-TREE" not in newest


async def test_other_versions_are_ranges_of_an_index(store: Store, statements: list[tuple[str, Any]]) -> None:
    """Comments without a label of today are found without reading those that have one."""
    await a_wave(store)
    for name in ("outdated", "count_outdated"):
        found = await plans(store, statements, name)
        for condition in ("label_version=?", "label_version<?", "label_version>?"):
            assert f"ix_comment_label (team_id=? AND {condition})" in found


async def test_a_list_is_one_query(store: Store, statements: list[tuple[str, Any]]) -> None:
    """However many pulses a channel has, one statement reads them with their open waves."""
    for _ in range(3):
        await a_wave(store)
    statements.clear()
    assert len(await store.pulses.in_channel(TEAM, "C1", now=MONDAY)) == 3
    assert len(statements) == 1


async def test_labels_are_kept_in_one_write(store: Store) -> None:
    """A batch of labels is one transaction: half of it is never there."""
    for _ in range(3):
        wave = await a_wave(store)
        await store.answers.record([a_rating(wave)], comment=a_comment(label=None))
    comments = await store.comments.unlabelled(10)
    begun: list[str] = []
    database = store.database
    assert isinstance(database, SQLiteDatabase)
    event.listen(database._write_engine, "begin", lambda _connection: begun.append("begin"))
    assert await store.comments.label_all([(comment, a_label()) for comment in comments]) == 3
    assert len(begun) == 1

"""A database of every version that ever landed, filled by that version's code, is brought up to date."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.app import Bifocal, build
from bot.cli.database import migrate_command
from bot.cli.database.migrate_command import migrate_database
from storage.schema.migrate import FIRST_WITH_ROUNDS, OldDatabase
from tests.bot.cli.database.test_database_copies import settings_of
from tests.databases import databases
from tests.migrated import migrated
from tests.storage.scene import DAY, MONDAY, TEAM, WORDS, all_waves, rows
from tests.storage.schema.landed.dumps import read_dumps
from tests.storage.schema.test_migrate import ROOT, schema

FILES, SERVERS = read_dumps("sqlite"), read_dumps("postgres")
WEEKLY = "weekly mon 09:00"
PERSON = f"{1:064x}"
FIRST_WITH_REMINDERS, FIRST_WITH_ROLES, FIRST_WITH_SAVED = "0028", "0029", "0030"
NEVER_ALONE = {"0017"}  # it landed together with 0019
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT table_name, column_name, concat_ws(' ', data_type, is_nullable, column_default)
    FROM information_schema.columns WHERE table_schema = 'public'
"""


def test_each_version_has_a_dump() -> None:
    """But for the newest two, as it lands first; `python -m tests.storage.schema.landed.make` makes it."""
    versions = ROOT / "storage/migrations/versions"
    landed = sorted(path.name.partition("_")[0] for path in versions.glob("0*.py"))
    assert set(landed[:-2]) - set(FILES) <= NEVER_ALONE


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database."""
    path = tmp_path_factory.mktemp("new") / "new.db"
    path.write_bytes(migrated())
    return path


@pytest.mark.parametrize("version", FILES)
async def test_a_file_of_that_version(
    version: str, new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a start, or where that says so by `bifocal migrate`; then it is as a new one, and all is in it."""
    with closing(sqlite3.connect(tmp_path / "bifocal.db")) as connection:
        connection.executescript(FILES[version])
    settings = settings_of(tmp_path)
    if version < FIRST_WITH_ROUNDS:
        with pytest.raises(OldDatabase, match="run bifocal migrate once"):
            await build(settings, clock=lambda: MONDAY)
        monkeypatch.setattr(migrate_command, "utc_now", lambda: MONDAY)
        await migrate_database(settings, Console(file=StringIO()))
    bot = await build(settings, clock=lambda: MONDAY)
    await check(bot, version)
    await bot.close()
    assert schema(tmp_path / "bifocal.db") == schema(new)


@pytest.mark.parametrize("version", SERVERS)
async def test_a_server_of_that_version(version: str, tmp_path: Path) -> None:
    """The same on PostgreSQL, of the versions that knew it."""
    url, fresh = databases().empty(), databases().migrated()
    databases().fill(url, SERVERS[version])
    bot = await build(settings_of(tmp_path, url), clock=lambda: MONDAY)
    await check(bot, version)
    await bot.close()
    kept, made = [set(databases().run(each, CONSTRAINTS)) for each in (url, fresh)]
    databases().give_back(fresh)
    assert kept == made


async def check(bot: Bifocal, version: str) -> None:
    """Figures, words, schedules and people are what that version had kept."""
    store = bot.store
    ((pulse, opened),) = await store.pulses.in_channel(TEAM, "C1", now=MONDAY + timedelta(hours=1))
    assert (pulse.number, pulse.subject, pulse.product.name, pulse.cadence) == (
        1,
        "Atlas",
        "Atlas",
        "weekly mon 09:00",
    )
    assert pulse.next_at == MONDAY + 7 * DAY
    assert opened is not None
    waves = await all_waves(store, pulse)
    assert [(wave.answered, wave.round_id is None) for wave in waves] == [(3, True), (4, True), (12, False)]
    kept = await rows(store)
    assert len(kept["round"]) == 1
    assert WORDS in str(kept["comment"])
    assert len(kept["comment"]) == len(kept["label"]) == 6
    assert len(kept["rating"]) == 9
    (digest,) = await store.digests.in_channel(TEAM, "C9")
    assert (digest.sources, digest.leads, digest.cadence) == (("C1", "C2"), ("U_LEAD",), WEEKLY)
    assert len(kept["edition"]) == 1
    assert WORDS in str(kept["quote"])
    assert len(kept["post"]) == 5
    named = await store.pulses.numbered(TEAM, 2)
    assert named
    assert named.named
    pause = await store.pauses.of_person(TEAM, PERSON)
    assert bool(pause and pause.stopped) is (version >= FIRST_WITH_REMINDERS)
    assert len(await store.roles.of_person(TEAM, [PERSON])) == (version >= FIRST_WITH_ROLES)
    assert len(await store.saved.by(TEAM, [PERSON])) == (version >= FIRST_WITH_SAVED)

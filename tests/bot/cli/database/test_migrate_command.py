"""`bifocal migrate` over real files of older versions, and the start that waits for it."""

import re
import sqlite3
import stat
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.app import build
from bot.cli.database import migrate_command
from bot.cli.database.migrate_command import MigrationStopped, migrate_database
from bot.cli.run import utc_now
from bot.config.settings import Settings
from storage.engine.backup import InUse
from storage.schema.migrate import NewerDatabase, OldDatabase, upgrade
from storage.store import Store
from tests.bot.cli.database.test_database_copies import settings_of
from tests.databases import databases
from tests.storage.schema.old import PRODUCT, PULSE, counted_wave, old_database, people

WAVE, PERSON = rb"wave0000[0-4]", rb"[0-9a-f]{64}"
WAVE_THEN_PERSON = re.compile(rb"(?=(%s)(%s))" % (WAVE, PERSON))
PERSON_THEN_WAVE = re.compile(rb"(?=(%s)(%s))" % (PERSON, WAVE))
"""At every place, as one row may begin where another is not over."""
WEEKLY = {**PULSE, "cadence": "weekly mon 09:00"}


def settings_in(folder: Path) -> Settings:
    """Settings with a database in a folder."""
    return Settings.load(
        {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "DATABASE_URL": f"sqlite:///{folder / 'bifocal.db'}",
            "BIFOCAL_SECRET": "0123456789abcdef-test",
        }
    )


def an_old_one(folder: Path, *, weeks: int = 3) -> Settings:
    """Settings with a database of before rounds, in which twelve people answered every week."""
    rows = [row for week in range(weeks) for row in counted_wave(week, people(1, 12))]
    old_database(folder / "bifocal.db", "0004", ("product", PRODUCT), ("pulse", WEEKLY), *rows)
    return settings_in(folder)


async def migrate(settings: Settings) -> str:
    """What the command says."""
    told = StringIO()
    await migrate_database(settings, Console(file=told, width=200))
    return told.getvalue()


def in_database(path: Path, statement: str) -> list[Any]:
    """What a statement finds, or what it changes."""
    with sqlite3.connect(path) as connection:
        found = connection.execute(statement).fetchall()
    connection.close()
    return found


def copies(folder: Path) -> list[Path]:
    """The copies that were written before a migration."""
    return sorted(folder.glob("bifocal.before-rounds-*.db"))


async def test_an_old_database_ends_the_start_in_a_sentence(tmp_path: Path) -> None:
    """It names the command, and nothing is changed."""
    settings = an_old_one(tmp_path)
    with pytest.raises(OldDatabase, match="run bifocal migrate once, then start again"):
        await build(settings, clock=utc_now)
    assert in_database(tmp_path / "bifocal.db", "SELECT version_num FROM alembic_version") == [("0004",)]


async def test_waves_that_were_counted_without_a_round_end_the_start(tmp_path: Path) -> None:
    """Also where the tables are newer: whoever tried a version in between has them."""
    settings = an_old_one(tmp_path)
    old_database(tmp_path / "bifocal.db", "0007")
    with pytest.raises(OldDatabase, match="run bifocal migrate, then start"):
        await build(settings, clock=utc_now)
    await migrate(settings)
    await (await build(settings, clock=utc_now)).close()


async def test_a_newer_database_ends_the_start_in_a_sentence(tmp_path: Path) -> None:
    """A version that does not know its migrations touches nothing, be it told to run or to migrate."""
    settings = settings_in(tmp_path)
    await upgrade(settings.database_url)
    in_database(tmp_path / "bifocal.db", "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match=r"made by a newer Bifocal \(migration 9999\)"):
        await build(settings, clock=utc_now)
    with pytest.raises(NewerDatabase):
        await migrate(settings)


async def test_a_newer_database_of_a_server_does_too(tmp_path: Path) -> None:
    """The same sentence, and nothing is changed there either."""
    url = databases().empty()
    settings = settings_of(tmp_path, url)
    await upgrade(url)
    databases().run(url, "UPDATE alembic_version SET version_num = '9999'")
    for command in (build(settings, clock=utc_now), migrate_database(settings)):
        with pytest.raises(NewerDatabase, match=r"newer Bifocal \(migration 9999\): start that version"):
            await command
    assert databases().run(url, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_a_new_database_is_made_at_the_start(tmp_path: Path) -> None:
    """A first start needs no command; one more migration that asks for nothing is made by the start too."""
    settings = settings_in(tmp_path)
    await (await build(settings, clock=utc_now)).close()
    assert "up to date" in await migrate(settings)
    assert not copies(tmp_path)
    older = tmp_path / "older"
    older.mkdir()
    old_database(older / "bifocal.db", "0007")
    await (await build(settings_in(older), clock=utc_now)).close()


async def test_a_checked_copy_is_written_first(tmp_path: Path) -> None:
    """Only its owner may read it, it holds what the database held, and no older file is written over."""
    settings = an_old_one(tmp_path)
    taken = tmp_path / f"bifocal.before-rounds-{utc_now().date()}.db"
    taken.write_text("something else")
    told = await migrate(settings)
    assert taken.read_text() == "something else"
    copy = taken.with_name(f"{taken.stem}-2.db")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert in_database(copy, "SELECT COUNT(*) FROM rating") == [(36,)]
    assert f"{copy} still holds who answered what. Delete it once all is well." in told
    assert "3 waves that were counted before are counted by rounds now: 1 rounds." in told
    await (await build(settings, clock=utc_now)).close()


async def test_nothing_is_migrated_while_the_database_is_in_use(tmp_path: Path) -> None:
    """Another process with the file open ends it in a sentence, before a copy is written."""
    settings = an_old_one(tmp_path)
    other = sqlite3.connect(tmp_path / "bifocal.db")
    other.execute("SELECT * FROM wave").fetchall()
    with pytest.raises(InUse, match="stop every Bifocal"):
        await migrate(settings)
    other.close()
    assert not copies(tmp_path)


def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The names of what the command does one after the other, each made to fail once."""
    for name in ("checked_copy", "upgrade", "count_old_waves", "without_traces", "finish"):
        with monkeypatch.context() as patched:

            def stop(*_: object, **__: object) -> None:
                raise OSError(28, "No space left on device")

            patched.setattr(migrate_command, name, stop)
            yield name


async def test_it_can_fail_anywhere_and_be_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is complete the bot does not start; there is one copy, and each wave is counted once."""
    settings = an_old_one(tmp_path)
    for name in steps(monkeypatch):
        with pytest.raises(MigrationStopped, match="Nothing is lost"):
            await migrate(settings)
        with pytest.raises(OldDatabase):
            await build(settings, clock=utc_now)
        if name == "upgrade":
            (copy,) = copies(tmp_path)
            copy.unlink()  # or the next run writes another, since nothing is changed yet
    await migrate(settings)
    assert len(copies(tmp_path)) == 1
    store = await Store.open(settings.database_url)
    assert [each.n for each in await store.rounds.about("T1", ["C1"], product_id="p1")] == [12]
    await store.close()


async def test_no_byte_ties_a_person_to_a_counted_answer(tmp_path: Path) -> None:
    """Neither the file nor its journal has a row of who chose what, nor a free page with one."""
    settings = an_old_one(tmp_path, weeks=5)
    path = tmp_path / "bifocal.db"
    in_database(path, "PRAGMA secure_delete = OFF")
    others = people(100, 4000)
    values = ", ".join(f"('T1', 'wave00001', '{who}', 1, 3, '', 0)" for who in others)
    in_database(path, f"INSERT INTO rating VALUES {values}")  # noqa: S608 - made up here
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DELETE FROM rating WHERE point = 3")
    connection.close()
    assert ties_in(path, others)  # left in free pages, as old versions left them
    assert ties_in(path, people(1, 12))
    await migrate(settings)
    waits = {("wave00004", who) for who in people(1, 12)}
    for file in files(tmp_path):
        assert ties_in(file, people(1, 4000)) <= waits
    (copy,) = copies(tmp_path)
    assert len(ties_in(copy, people(1, 12))) == 60


def files(folder: Path) -> list[Path]:
    """The database and its journals."""
    return sorted(folder.glob("bifocal.db*"))


def ties_in(file: Path, who: dict[str, int]) -> set[tuple[str, str]]:
    """Which waves and people stand side by side in a file, as in a row of the table of answers."""
    held = file.read_bytes()
    pairs = re.findall(WAVE_THEN_PERSON, held)
    pairs += [(wave, person) for person, wave in re.findall(PERSON_THEN_WAVE, held)]
    return {(wave.decode(), person.decode()) for wave, person in pairs if person.decode() in who}

"""Backup, restore and move, over real databases of both kinds, while a bot is at work."""

import asyncio
import logging
import sqlite3
import stat
from asyncio import to_thread
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.app import Bifocal, build
from bot.cli.database.backup_command import back_up
from bot.cli.database.copy_command import move_from
from bot.cli.database.database_copies import CopyRefused
from bot.cli.database.restore_command import put_back
from bot.cli.run import utc_now
from bot.config.settings import Settings
from storage.engine.backup import InUse
from storage.records import Wave
from storage.schema.migrate import prepare
from tests.databases import databases
from tests.storage.scene import MONDAY, TEAM, a_pulse, a_rating, a_wave

SECRET = "0123456789abcdef-test"
MANY = 60


def settings_of(folder: Path, url: str | None = None, secret: str = SECRET) -> Settings:
    """Settings with a database in a folder, or of a server."""
    return Settings.load(
        {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "DATABASE_URL": url or f"sqlite:///{folder / 'bifocal.db'}",
            "BIFOCAL_SECRET": secret,
            "BIFOCAL_FOLDER": str(folder),
        }
    )


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A bot that has a database of its own."""
    (tmp_path / "one").mkdir()
    return settings_of(tmp_path / "one", databases().empty() if request.param == "PostgreSQL" else None)


def a_new_one(settings: Settings, folder: Path) -> Settings:
    """Another machine for the same bot, with an empty database of the same kind."""
    folder.mkdir()
    is_file = settings.database_url.startswith("sqlite")
    return settings_of(folder, None if is_file else databases().empty())


def names_in(folder: Path, pattern: str) -> list[str]:
    """The names of files in a folder."""
    return sorted(path.name for path in folder.glob(pattern))


def silent() -> Console:
    """Where a command writes."""
    return Console(file=StringIO(), width=200)


def said(console: Console) -> str:
    """What a command has written."""
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


async def answers_of(bot: Bifocal, wave: Wave) -> int:
    """How many have answered a wave."""
    found = await bot.store.waves.get(wave.team_id, wave.id)
    assert found is not None
    return found.answered


async def test_every_answer_before_it_is_in_it(settings: Settings, tmp_path: Path) -> None:
    """Written while others answer: what was kept when it began is there, for its owner only."""
    bot = await build(settings, clock=utc_now)
    wave = await a_wave(bot.store, opened_at=MONDAY)
    for number in range(MANY):
        await bot.store.answers.record([a_rating(wave, f"{number:064x}")])
    backup, console = tmp_path / "backup.db", silent()
    more = (bot.store.answers.record([a_rating(wave, f"{number:064x}")]) for number in range(MANY, 2 * MANY))
    await asyncio.gather(to_thread(back_up, settings, backup, console), *more)
    await bot.close()
    with closing(sqlite3.connect(backup)) as copy:
        ((kept,),) = copy.execute("SELECT COUNT(*) FROM rating").fetchall()
    assert MANY <= kept <= 2 * MANY
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert "backup.db is whole." in said(console)
    assert names_in(tmp_path, "*") == ["backup.db", "one"]


async def test_erased_people_stay_erased(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Put back elsewhere with the list of what was erased since, nobody comes back, and the log says it.

    The number of a question that was asked since is given to no other.
    """
    bot = await build(settings, clock=utc_now)
    wave = await a_wave(bot.store)
    for person in ("a" * 64, "b" * 64):
        await bot.store.answers.record([a_rating(wave, person)])
        await bot.store.pauses.stop(TEAM, person)
    await to_thread(back_up, settings, tmp_path / "backup.db", silent())
    await bot.store.erasure.forget(TEAM, ["a" * 64])
    later = await a_pulse(bot.store)
    await bot.close()
    elsewhere, console = a_new_one(settings, tmp_path / "two"), silent()
    (tmp_path / "two" / "bifocal.erased").write_text((tmp_path / "one" / "bifocal.erased").read_text())
    await to_thread(put_back, elsewhere, tmp_path / "backup.db", console)
    assert "counts nothing for four weeks" in said(console)
    with caplog.at_level(logging.WARNING):
        bot = await build(elsewhere, clock=utc_now)
    assert "This database was put back from a copy" in caplog.text
    assert "1 later erasures were done again" in caplog.text
    assert await bot.store.pauses.of_person(TEAM, "a" * 64) is None
    assert await bot.store.pauses.of_person(TEAM, "b" * 64) is not None
    assert (await a_pulse(bot.store)).number == later.number + 1
    await bot.close()


async def test_what_was_there_is_kept_under_another_name(tmp_path: Path) -> None:
    """A file that a backup takes the place of is moved aside, and a backup may be put back twice."""
    settings = settings_of(tmp_path)
    bot = await build(settings, clock=utc_now)
    wave = await a_wave(bot.store)
    await to_thread(back_up, settings, tmp_path / "backup.db", silent())
    await bot.close()
    for _ in range(2):
        await to_thread(put_back, settings, tmp_path / "backup.db", silent())
        bot = await build(settings, clock=utc_now)
        assert await bot.store.waves.get(TEAM, wave.id)
        await bot.close()
    assert len(names_in(tmp_path, "bifocal.before-restore-*.db")) == 2


async def test_a_move_to_a_server_loses_nothing(tmp_path: Path) -> None:
    """Open answers are there, nothing is taken for a restored copy, and the file starts no more."""
    old = settings_of(tmp_path)
    bot = await build(old, clock=utc_now)
    wave = await a_wave(bot.store)
    await bot.store.answers.record([a_rating(wave)])
    await bot.close()
    folder = tmp_path / "shared"
    folder.mkdir()
    new, console = settings_of(folder, databases().empty()), silent()
    await to_thread(move_from, new, tmp_path / "bifocal.db", console)
    assert "rows are in the new database" in said(console)
    assert not (tmp_path / "bifocal.db").exists()
    bot = await build(new, clock=utc_now)
    assert bot.store.restores.restored_on is None
    assert await answers_of(bot, wave) == 1
    await bot.close()
    (aside,) = names_in(tmp_path, "bifocal.moved-*.db")
    with pytest.raises(CopyRefused, match="not empty"):
        await to_thread(move_from, new, tmp_path / aside, silent())


Command = Callable[[Path, Settings], None]
REFUSED: dict[str, tuple[Command, str]] = {
    "the file is there": (lambda folder, given: back_up(given, folder / "backup.db"), "is there already"),
    "no folder": (lambda folder, given: back_up(given, folder / "none" / "b.db"), "There is no folder"),
    "no file": (lambda folder, given: put_back(given, folder / "none.db"), "There is no file"),
    "no database": (lambda folder, given: put_back(given, folder / "words.db"), "no whole SQLite file"),
    "half a file": (lambda folder, given: put_back(given, folder / "half.db"), "no whole SQLite file"),
    "another one's": (lambda folder, given: put_back(given, folder / "other.db"), "no database of Bifocal"),
    "nothing in it": (lambda folder, given: put_back(given, folder / "empty.db"), "nothing was ever kept"),
    "another secret": (
        lambda folder, _: put_back(settings_of(folder, secret="f" * 32), folder / "backup.db"),
        "begun with another secret",
    ),
    "in memory": (
        lambda folder, _: put_back(settings_of(folder, "sqlite://"), folder / "backup.db"),
        "a database in memory",
    ),
    "no server": (
        lambda folder, given: move_from(given, folder / "backup.db"),
        "is to be the new database",
    ),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a backup, and files that are none."""
    folder = tmp_path_factory.mktemp("files")
    given = settings_of(folder)

    async def fill() -> None:
        bot = await build(given, clock=utc_now)
        await a_wave(bot.store)
        await bot.close()

    asyncio.run(fill())
    back_up(given, folder / "backup.db", silent())
    (folder / "words.db").write_text("no database at all\n" * 100)
    (folder / "half.db").write_bytes((folder / "backup.db").read_bytes()[:20_000])
    with closing(sqlite3.connect(folder / "other.db")) as other:
        other.execute("CREATE TABLE t (n)")
    asyncio.run(prepare(f"sqlite:///{folder / 'empty.db'}"))
    return folder


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(why: str, files: Path) -> None:
    """The database is byte for byte as it was, and no other file is left."""
    command, words = REFUSED[why]
    before = {path.name: path.read_bytes() for path in files.iterdir()}
    with pytest.raises(CopyRefused, match=words):
        command(files, settings_of(files))
    assert {path.name: path.read_bytes() for path in files.iterdir()} == before


async def test_nothing_is_put_in_the_place_of_a_running_database(tmp_path: Path) -> None:
    """A bot that runs is to be stopped first; the backup itself needs no stop."""
    settings = settings_of(tmp_path)
    bot = await build(settings, clock=utc_now)
    await to_thread(back_up, settings, tmp_path / "backup.db", silent())
    with pytest.raises(InUse, match="stop every Bifocal"):
        await to_thread(put_back, settings, tmp_path / "backup.db", silent())
    await bot.close()
    await to_thread(put_back, settings, tmp_path / "backup.db", silent())

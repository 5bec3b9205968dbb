"""A backup put back after what it was made for: a damaged file, a deleted one; and where it cannot be."""

import shutil
import sqlite3
from asyncio import to_thread
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import build
from bot.cli.database.backup_command import back_up
from bot.cli.database.database_copies import CopyRefused
from bot.cli.database.restore_command import put_back
from bot.cli.run import utc_now
from bot.config.settings import Settings
from storage.schema.migrate import NewerDatabase
from tests.bot.cli.database.test_database_copies import names_in, said, settings_of, silent
from tests.storage.scene import a_wave


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """A database with one question since its backup `backup.db`; `journal` is what SQLite kept beside it."""
    settings = settings_of(tmp_path)
    bot = await build(settings, clock=utc_now)
    await to_thread(back_up, settings, tmp_path / "backup.db", silent())
    await a_wave(bot.store)
    shutil.copy(tmp_path / "bifocal.db-wal", tmp_path / "journal")
    await bot.close()
    return settings


def looked_at(file: Path) -> tuple[str, int]:
    """What SQLite says of a file, and how many questions it holds."""
    with closing(sqlite3.connect(file)) as database:
        (whole,) = database.execute("PRAGMA integrity_check").fetchone()
        (waves,) = database.execute("SELECT COUNT(*) FROM wave").fetchone()
    return whole, waves


@pytest.mark.parametrize("place", [0, 20_480], ids=["its first page", "its middle"])
def test_a_damaged_file_gives_way(settings: Settings, tmp_path: Path, place: int) -> None:
    """It is kept under another name, with its journal, which is not played into the backup."""
    damaged = tmp_path / "bifocal.db"
    with damaged.open("r+b") as file:
        file.seek(place)
        file.write(b"\xa5" * 80_000)
    shutil.copy(tmp_path / "journal", tmp_path / "bifocal.db-wal")
    put_back(settings, tmp_path / "backup.db", silent())
    assert looked_at(damaged) == ("ok", 0)
    assert names_in(tmp_path, "bifocal.before-restore-*")


def test_the_journal_of_a_deleted_file_is_set_aside(settings: Settings, tmp_path: Path) -> None:
    """A bot that was killed leaves it there; SQLite would play it into the next file of that name."""
    (tmp_path / "bifocal.db").unlink()
    shutil.copy(tmp_path / "journal", tmp_path / "bifocal.db-wal")
    put_back(settings, tmp_path / "backup.db", silent())
    assert looked_at(tmp_path / "bifocal.db") == ("ok", 0)
    (kept,) = tmp_path.glob("bifocal.before-restore-*.db-wal")
    assert kept.read_bytes() == (tmp_path / "journal").read_bytes()


def test_a_folder_that_takes_no_copy_is_one_sentence(settings: Settings, tmp_path: Path) -> None:
    """The database stays as it was."""
    (tmp_path / "copy.db.part").mkdir()  # as a full disk does, it takes no copy
    with pytest.raises(CopyRefused, match="see that its folder can be written and the disk has room"):
        put_back(settings, tmp_path / "backup.db", silent())
    assert looked_at(tmp_path / "bifocal.db") == ("ok", 1)


def test_a_newer_database_is_not_said_to_be_an_older_one(settings: Settings, tmp_path: Path) -> None:
    """No copy is made of it, and what can make one is said."""
    with closing(sqlite3.connect(tmp_path / "bifocal.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match="start that version"):
        back_up(settings, tmp_path / "more.db", silent())
    assert not (tmp_path / "more.db").exists()


async def test_a_backup_is_a_copy_though_nothing_was_counted_since(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Answers since it was made are lost, so nobody's half a wave counts, and it is said."""
    await to_thread(back_up, settings, tmp_path / "newer.db", silent())
    console = silent()
    await to_thread(put_back, settings, tmp_path / "newer.db", console)
    now = utc_now()
    bot = await build(settings, clock=lambda: now)
    restored_on = bot.store.restores.restored_on
    await bot.close()
    assert restored_on == now.date()
    assert "1 questions that were open or waiting lost their answers" in caplog.text
    assert "counts nothing for four weeks" in said(console)

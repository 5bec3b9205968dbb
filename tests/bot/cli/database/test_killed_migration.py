"""A migration that is killed in the middle and run again leaves what one leaves that nobody has disturbed."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.database import migrate_command
from jobs.comments.cut_blocks import cut_due
from jobs.steps import StepRunner
from storage.store import Store
from tests.bot.cli.database.busy_database import busy_database, kept_in
from tests.bot.cli.database.test_migrate_command import copies, settings_in

NOW = datetime(2025, 6, 1, tzinfo=UTC)  # in reach of all that is kept for 400 days
KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.cli.database import migrate_command
from jobs.pulses import count_old_waves
from tests.bot.cli.database.test_migrate_command import settings_in

decide, left = count_old_waves.decide_count, int(sys.argv[2])

def decide_or_die(*given, **more):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return decide(*given, **more)

count_old_waves.decide_count, count_old_waves.BATCH = decide_or_die, 5
migrate_command.utc_now = lambda: datetime(2025, 6, 1, tzinfo=UTC)
asyncio.run(migrate_command.migrate_database(settings_in(Path(sys.argv[1]))))
"""


async def migrated(folder: Path) -> dict[str, list[str]]:
    """What a migration leaves here, once the bot has cut comments too."""
    await migrate_command.migrate_database(settings_in(folder))
    store = await Store.open(f"sqlite:///{folder / 'bifocal.db'}")
    await cut_due(store, StepRunner(), now=NOW)
    await store.close()
    return kept_in(folder / "bifocal.db")


async def test_a_killed_migration_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed twice inside a transaction: rounds, shared counts, histograms, batches and blocks are equal."""
    monkeypatch.setattr(migrate_command, "utc_now", lambda: NOW)
    folders = [tmp_path / name for name in ("whole", "killed")]
    for folder in folders:
        folder.mkdir()
        busy_database(folder / "bifocal.db", channels=2, weeks=12)
    whole, killed = folders
    for looks in (13, 22):  # looks at questions, of which this one is not ended
        ended = subprocess.run([sys.executable, "-c", KILLED, killed, str(looks)], check=False)  # noqa: S603, ASYNC221
        assert ended.returncode == -signal.SIGKILL
        between = kept_in(killed / "bifocal.db")
        assert between["rounds"]
    expected, found = await migrated(whole), await migrated(killed)
    for kind, rows in expected.items():
        assert rows, kind
        assert found[kind] == rows, kind
    assert len(between["rounds"]) < len(found["rounds"])
    assert len(copies(killed)) == 1

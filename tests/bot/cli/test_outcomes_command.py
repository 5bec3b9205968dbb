"""`bifocal import-outcomes` over a real file: what was kept, or why nothing was."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.outcomes_command import FiguresRefused, import_file
from bot.config.settings import Settings
from storage.records import ConfirmedName
from storage.store import Store
from tests.migrated import new_database

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
ROWS = "metric,value,date,product\nchurn,2.1%,2026-10,Atlas\n"


async def test_a_file_is_kept_or_refused_whole(tmp_path: Path) -> None:
    """It says how many figures were kept, and of a wrong file each line that is wrong."""
    url = new_database(tmp_path / "bifocal.db")
    store = await Store.open(url)
    await store.products.create("T1", ConfirmedName("Atlas"))
    await store.close()
    values = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "5f" * 16, "DATABASE_URL": url}
    settings, told, file = Settings.load(values), StringIO(), tmp_path / "figures.csv"
    console = Console(file=told, width=200)
    with pytest.raises(FiguresRefused, match="cannot be read"):
        await import_file(settings, file, now=NOW, console=console)
    file.write_text(ROWS)
    await import_file(settings, file, now=NOW, console=console)
    assert told.getvalue() == (
        "1 figure new, 0 corrected, 0 were kept so before. They stand in the next digests.\n"
    )
    file.write_text(f"{ROWS}churn,2.1%,2026-10,Nightowl\n")
    with pytest.raises(FiguresRefused) as refused:
        await import_file(settings, file, now=NOW, console=console)
    assert str(refused.value) == (
        "Line 3: There is no product Nightowl. `/pulse products` lists those that there are.\n"
        "Nothing was kept. Mend the file, then do this again."
    )
    file.write_text("no table")
    with pytest.raises(FiguresRefused, match='There is no column "metric"'):
        await import_file(settings, file, now=NOW, console=console)

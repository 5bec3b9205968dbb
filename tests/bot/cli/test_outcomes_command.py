"""`bifocal import-outcomes` over a real file: what was kept, or why nothing was."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.files.export_file import run_export
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
    file.write_text(ROWS)
    await import_file(settings, file, now=NOW, console=console)
    assert told.getvalue().endswith(
        "0 figures new, 0 corrected, 1 were kept so before. Nothing was changed.\n"
    )
    file.write_text(f"{ROWS}Churn rate,2.3%,2026-10,atlas\n")
    with pytest.raises(
        FiguresRefused, match="Line 3: Line 2 has this figure of that day otherwise: keep one"
    ):
        await import_file(settings, file, now=NOW, console=console)
    file.write_text(ROWS.splitlines()[0])
    with pytest.raises(FiguresRefused, match="The file has no figures below its first line"):
        await import_file(settings, file, now=NOW, console=console)
    file.write_text("no table")
    with pytest.raises(FiguresRefused, match='There is no column "metric"'):
        await import_file(settings, file, now=NOW, console=console)


FIGURES = """metric,value,date,product,side,source
churn,2.1%,2026-10,Atlas,customers,Stripe
churn,2.3%,2026-10,Atlas,users,
lifetime value,1200 EUR,2026-10-31,Atlas,customers,
"MRR, net",€-1200.50,2026-09,Atlas,customers,Q3 report
app rating,4.4,2026-11-02,+Plus,users,App Store
stars,4.25 stars,2026-11-02,Atlas,users,
health,-12 points,2026-11,Atlas,customers,
trials,340,2026-10-31,Atlas,users,
"""


@pytest.mark.parametrize("form", ["csv", "jsonl"])
async def test_what_is_exported_is_read_again(tmp_path: Path, form: str) -> None:
    """Into an empty database it comes back figure by figure; into the same one it changes nothing."""
    out, told = tmp_path / f"all.{form}", StringIO()
    console, exports = Console(file=told, width=200), list[str]()
    file = tmp_path / "figures.csv"
    file.write_text(FIGURES)
    for place in ("first", "second"):
        (tmp_path / place).mkdir()
        url = new_database(tmp_path / place / "bifocal.db")
        store = await Store.open(url)
        for name in ("Atlas", "+Plus"):
            await store.products.create("T1", ConfirmedName(name))
        await store.close()
        values = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "5f" * 16, "DATABASE_URL": url}
        settings = Settings.load(values)
        await import_file(settings, file, now=NOW, console=console)
        await run_export(settings, out, outcomes=True, console=console)
        file = out.with_name(f"all-outcomes.{form}")
        exports.append(file.read_text(encoding="utf-8-sig"))
        kept = file.rename(tmp_path / f"{place}.{form}")
        await import_file(settings, kept, now=NOW, console=console)
        file = kept
    assert exports[0] == exports[1]
    assert exports[0].count("\n") == FIGURES.count("\n") - (form == "jsonl")
    assert told.getvalue().count("8 figures new, 0 corrected") == 2
    assert told.getvalue().count("0 figures new, 0 corrected, 8 were kept so before.") == 2
    assert "Nothing was counted yet, so there is no file of rounds." in told.getvalue()

"""`bifocal reclassify` over a real file."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.relabel_command import reclassify_all
from bot.config.settings import Settings
from jobs.classification import Classifier
from storage.records import ConfirmedName, Label, Lens, NewComment, Rating
from storage.schema.migrate import upgrade
from storage.store import Store

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


async def test_comments_without_a_label_get_one(tmp_path: Path) -> None:
    """It migrates, reads what has no label of today, says how many, and finds nothing the second time."""
    settings = _settings(tmp_path)
    await upgrade(settings.database_url)
    comment_ids = await _keep_two(settings)
    told = StringIO()
    console = Console(file=told, width=200)
    await reclassify_all(settings, console)
    await reclassify_all(settings, console)
    lines = [line for line in told.getvalue().splitlines() if "read with version" in line]
    assert [line.split()[0] for line in lines] == ["2", "0"]
    store = await Store.open(settings.database_url)
    for comment_id in comment_ids:
        kept = await store.comments.get("T1", comment_id)
        assert kept is not None
        assert kept.label is not None
    await store.close()


async def test_a_comment_that_fails_is_counted_in_the_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends, says how many comments could not be read, and shows none of their words."""
    settings = _settings(tmp_path)
    await upgrade(settings.database_url)
    await _keep_two(settings)

    def fail(_classifier: Classifier, comment: str) -> Label:
        raise ValueError(comment)

    monkeypatch.setattr(Classifier, "classify", fail)
    told = StringIO()
    await reclassify_all(settings, Console(file=told, width=200))
    last = told.getvalue().splitlines()[-1]
    assert last.startswith("0 comments read with version ")
    assert last.endswith(" 2 could not be read.")
    assert "Billed" not in told.getvalue() + "".join(capsys.readouterr())


def _settings(folder: Path) -> Settings:
    return Settings.load(
        {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": "0123456789abcdef",
            "DATABASE_URL": f"sqlite:///{folder / 'bifocal.db'}",
            "BIFOCAL_SECRET": "0123456789abcdef-test",
        }
    )


async def _keep_two(settings: Settings) -> list[str]:
    store = await Store.open(settings.database_url)
    pulse = await store.pulses.create(
        team_id="T1",
        product=await store.products.create("T1", ConfirmedName("Atlas")),
        instrument="nps",
        lens=Lens.CX,
        subject="Atlas",
        channel_id="C1",
        named=False,
        min_group=5,
        open_for=timedelta(days=7),
        cadence=None,
        zone="UTC",
        next_at=None,
        leads=("U1",),
        asked_by="Priya Nair",
        created_at=NOW,
    )
    wave = await store.waves.open(
        pulse=pulse,
        question="How likely?",
        ui_version=1,
        opened_at=NOW,
        closes_at=NOW + timedelta(days=7),
        invited=9,
    )
    assert wave is not None
    for respondent in ("a" * 64, "b" * 64):
        await store.answers.record(
            [
                Rating(
                    team_id="T1",
                    wave_id=wave.id,
                    respondent=respondent,
                    item=1,
                    point=3,
                    clicked_at=NOW,
                )
            ],
            comment=NewComment(text="Billed twice.", may_quote=False, label=None, written_at=NOW),
        )
    found = [comment.id for comment in await store.comments.unlabelled(10)]
    await store.close()
    return found

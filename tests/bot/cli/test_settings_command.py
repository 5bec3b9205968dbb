"""`bifocal settings`: what is set, without anything secret."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli.command_line import app
from bot.cli.settings_command import rows, show_settings
from bot.config.settings import Settings

RUN = CliRunner()
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1-do-not-show",
    "SLACK_SIGNING_SECRET": "do-not-show-do-not-show",
    "BIFOCAL_SECRET": "do-not-show-do-not-show",
}


def test_no_secret_is_shown(tmp_path: Path) -> None:
    """Neither a token, nor the key, nor the password of a database."""
    url = "postgresql://bifocal:do-not-show@host/bifocal"
    given = Settings.check(SECRETS | {"DATABASE_URL": url, "BIFOCAL_FOLDER": str(tmp_path)})
    told = StringIO()
    show_settings(given, Console(file=told, width=200))
    assert "do-not-show" not in told.getvalue()
    assert "postgresql://bifocal:***@host/bifocal" in told.getvalue()


def test_each_setting_has_a_row_that_says_whether_it_is_the_default() -> None:
    """What was given, what holds by default, what is not set, and what is right."""
    found = {name: (value, right) for name, value, right in rows(Settings.check(SECRETS | {"PORT": "3001"}))}
    assert found["PORT"] == ("3001", "a number from 0 to 65535, such as 3000")
    assert found["HOST"][0] == "127.0.0.1 (default)"
    assert found["SLACK_APP_TOKEN"][0] == "(not set)"
    assert found["SLACK_BOT_TOKEN"][0] == "(set)"
    assert found["BIFOCAL_ACCURATE"][0] == "false (default)"
    assert "SLACK_CLIENT_ID" not in found


def test_a_check_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It ends with 0 where all is right and with 1 where not, and leaves no file behind."""
    monkeypatch.chdir(tmp_path)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("BIFOCAL_SECRET")
    told = RUN.invoke(app, ["settings", "--check"])
    assert (told.exit_code, told.output) == (0, "The settings are right.\n")
    assert "BIFOCAL_SECRET" in RUN.invoke(app, ["settings"]).output
    monkeypatch.setenv("PORT", "99999")
    told = RUN.invoke(app, ["settings", "--check"])
    assert told.exit_code == 1
    assert told.output.startswith("PORT is wrong: it is a number from 0 to 65535")
    assert list(tmp_path.iterdir()) == []

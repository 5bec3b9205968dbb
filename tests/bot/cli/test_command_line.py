"""The command line, as somebody types it."""

import asyncio
import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.command_line import app
from bot.config.settings import Settings
from storage.schema.migrate import upgrade

ROOT = Path(__file__).parents[3]
RUN = CliRunner()


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting from this machine's environment or folder."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))


def test_help_names_every_command() -> None:
    """Without words it says what there is."""
    told = RUN.invoke(app, ["--help"])
    assert told.exit_code == 0
    for name in ("run", "demo", "migrate", "manifest", "digest"):
        assert name in told.output


def test_it_says_its_version() -> None:
    """The one in pyproject.toml, and no setting is needed for it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    told = RUN.invoke(app, ["--version"])
    assert (told.exit_code, told.output) == (0, f"bifocal {project['version']}\n")


@pytest.mark.parametrize("words", [["run"], ["migrate"], ["digest", "--print"]])
def test_a_missing_setting_is_one_sentence(words: list[str]) -> None:
    """The setting by its name and how a right one looks; no trace."""
    told = RUN.invoke(app, words)
    assert told.exit_code == 1
    assert "SLACK_BOT_TOKEN" in told.output
    assert "Traceback" not in told.output


@pytest.mark.parametrize("words", [["run"], ["migrate"], ["reclassify"], ["digest", "--print"]])
def test_a_misspelt_setting_is_one_sentence(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No command that needs settings begins while a name that is meant for Bifocal is none of them."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("BIFOCAL_MINGROUP", "7")
    told = RUN.invoke(app, words)
    assert told.exit_code == 1
    assert told.output == (
        "BIFOCAL_MINGROUP is not a setting: rename it to BIFOCAL_MIN_GROUP, "
        "or take it out of the environment.\n"
    )


def test_a_digest_is_only_printed() -> None:
    """It posts itself when it is due; by hand it is shown."""
    told = RUN.invoke(app, ["digest"])
    assert told.exit_code == 2
    assert "--print" in told.output


def test_a_comment_a_line() -> None:
    """One JSON object for each line of stdin."""
    told = RUN.invoke(app, ["classify"], input="I love it, great!\nThe invoices are wrong.\n")
    first, second = map(json.loads, told.output.splitlines())
    assert first["sentiment"] == "positive"
    assert second["touchpoints"][0] == "billing"


@pytest.mark.usefixtures("accurate")
def test_the_accurate_model_is_asked_on_request() -> None:
    """With --accurate the same line has the same form and other probabilities."""
    comment = "It opens after I have made a cup of tea.\n"
    small, both = (
        json.loads(RUN.invoke(app, ["classify", *flags], input=comment).output)
        for flags in ([], ["--accurate"])
    )
    assert small.keys() == both.keys()
    assert small["probabilities"] != both["probabilities"]


def test_the_manifest_is_json() -> None:
    """JSON on stdout alone, so that it can be piped; the link stands beside it."""
    told = RUN.invoke(app, ["manifest", "--url", "https://bifocal.example"])
    assert json.loads(told.stdout)["features"]["slash_commands"][0]["command"] == "/pulse"
    assert told.stderr.startswith("Create the app: https://api.slack.com/apps?")


BEGUN = [
    "migrate",
    "backup b.db",
    "reclassify",
    "digest --print",
    "export rounds.csv",
    "import-outcomes figures.csv",
]


@pytest.mark.parametrize("words", [*BEGUN, "import --undo 7", "restore words.csv"])
def test_a_command_in_a_wrong_folder_makes_nothing(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No empty database, and no secret that its operator would keep for the right one."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    told = RUN.invoke(app, words.split())
    missing = "bifocal.secret is missing" if words.startswith("restore") else "There is no database"
    assert (told.exit_code, told.exception.__class__) == (1, SystemExit)
    assert missing in told.output
    assert list(Path().iterdir()) == []


def test_a_damaged_database_is_said_to_be_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what mends it."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("BIFOCAL_SECRET", "0123456789abcdef0123456789abcdef")
    Path("bifocal.db").write_text("no database at all\n" * 100)
    told = RUN.invoke(app, ["digest", "--print"])
    assert told.exit_code == 1
    assert "database file is damaged" in told.output
    assert "bifocal restore FILE" in told.output


def test_a_warning_about_the_env_file_comes_once(caplog: pytest.LogCaptureFixture) -> None:
    """Also where a command looks first whether there is a database."""
    Path(".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nBIFOCAL_SECRET=0123456789abcdef\n"
    )
    Path(".env").chmod(0o644)
    Path("bifocal.db").touch()
    Settings.load_begun()
    assert [record.getMessage() for record in caplog.records] == [
        ".env can be read by others on this machine: run chmod 600 .env."
    ]


def test_a_backup_needs_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that one can be made where the secret is lost, before another is begun with; none is made by it."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    asyncio.run(upgrade("sqlite:///bifocal.db"))
    told = RUN.invoke(app, ["backup", "copy.db"])
    assert (told.exit_code, "copy.db is whole." in told.output) == (0, True)
    assert sorted(path.name for path in Path().iterdir()) == ["bifocal.db", "copy.db"]

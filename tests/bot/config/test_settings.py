"""The settings, read once and checked."""

from pathlib import Path

import pytest

from bot.config.setting_types import SettingsError, sentence
from bot.config.settings import Settings
from bot.start_checks import check_secret
from storage.schema.migrate import prepare
from storage.store import Store

RIGHT = {
    "SLACK_BOT_TOKEN": "xoxb-1-secret-token",
    "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5",
    "DATABASE_URL": "sqlite://",
    "BIFOCAL_SECRET": "0123456789abcdef0123456789abcdef",
}


def refused(**changes: str) -> list[str]:
    with pytest.raises(SettingsError) as error:
        Settings.load(RIGHT | changes)
    return str(error.value).splitlines()


def test_the_defaults() -> None:
    """Two values from Slack suffice; the rest has defaults, and the server listens on loopback."""
    settings = Settings.load(RIGHT)
    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)
    assert (settings.bifocal_timezone, settings.bifocal_min_group) == ("UTC", 5)
    assert settings.bifocal_round_weeks == 4
    assert not settings.socket_mode
    assert Settings.model_fields["database_url"].default == "sqlite:///bifocal.db"


def test_an_app_token_means_socket_mode_and_needs_no_signing_secret() -> None:
    """Socket Mode needs bot and app token; HTTP needs bot token and signing secret."""
    socket = RIGHT | {"SLACK_APP_TOKEN": "xapp-1-A1-2-x", "SLACK_SIGNING_SECRET": ""}
    assert Settings.load(socket).socket_mode
    assert refused(SLACK_SIGNING_SECRET="")[0].startswith("SLACK_SIGNING_SECRET is missing: ")


def test_a_missing_token_is_named() -> None:
    """Nothing set at all is one sentence, not a traceback."""
    with pytest.raises(SettingsError, match=r"^SLACK_BOT_TOKEN is missing: .*such as xoxb-1234-AbCdEf\.$"):
        Settings.load({})


@pytest.mark.parametrize(
    "name, value",
    [
        ("SLACK_BOT_TOKEN", "xapp-1"),
        ("SLACK_BOT_TOKEN", "xoxb-1 2"),
        ("SLACK_SIGNING_SECRET", "short"),
        ("SLACK_SIGNING_SECRET", "xoxb-1234567890-1234567890"),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", "file:///etc/passwd"),
        ("DATABASE_URL", "bifocal.db"),
        ("DATABASE_URL", "postgresql://user:pw@db"),
        ("DATABASE_URL", "mysql://user:pw@db/bifocal"),
        ("BIFOCAL_FOLDER", "/no/such/folder"),
        ("DATABASE_URL", "sqlite:////no/such/folder/bifocal.db"),
        ("BIFOCAL_LEXICON", "no/such/file.toml"),
        ("HOST", "not a host"),
        ("PORT", "http"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("BIFOCAL_SECRET", "short"),
        ("BIFOCAL_TIMEZONE", "GMT+1"),
        ("BIFOCAL_TIMEZONE", "Mars/Olympus"),
        ("BIFOCAL_MIN_GROUP", "4"),
        ("BIFOCAL_MIN_GROUP", "21"),
        ("BIFOCAL_MIN_GROUP", "five"),
        ("BIFOCAL_KEEP_WAITING_WEEKS", "7"),
        ("BIFOCAL_KEEP_WAITING_WEEKS", "27"),
        ("BIFOCAL_KEEP_COMMENTS_WEEKS", "12"),
        ("BIFOCAL_KEEP_COMMENTS_WEEKS", "forever"),
        ("BIFOCAL_ROUND_WEEKS", "1"),
        ("BIFOCAL_ROUND_WEEKS", "5"),
        ("BIFOCAL_ROUND_WEEKS", "2.5"),
        ("BIFOCAL_ROUND_WEEKS", "four"),
        ("SLACK_CLIENT_ID", "1.2"),
        ("SLACK_CLIENT_SECRET", "x"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_does_not_repeat_it(name: str, value: str) -> None:
    """The sentence names the setting and shows a right value; the wrong one may be a secret."""
    assert refused(**{name: value}) == [sentence(name, "wrong")]


@pytest.mark.parametrize("value", ["5", "20"])
def test_the_smallest_group_is_from_5_to_20(value: str) -> None:
    """Both ends are right values, and so are 2, 3 and 4 weeks."""
    assert Settings.load(RIGHT | {"BIFOCAL_MIN_GROUP": value}).bifocal_min_group == int(value)
    weeks = [Settings.load(RIGHT | {"BIFOCAL_ROUND_WEEKS": each}).bifocal_round_weeks for each in "234"]
    assert weeks == [2, 3, 4]


def test_every_wrong_value_has_its_sentence() -> None:
    """Several faults are said at once, one a line."""
    assert [line.split()[0] for line in refused(PORT="x", BIFOCAL_MIN_GROUP="1")] == [
        "PORT",
        "BIFOCAL_MIN_GROUP",
    ]


def test_another_database_needs_a_secret_and_a_folder() -> None:
    """Only a SQLite file has a place beside it where a secret and the mark of the database could be kept."""
    names = [line.split()[0] for line in refused(DATABASE_URL="postgresql://u:pw@db/x", BIFOCAL_SECRET="")]
    assert names == ["BIFOCAL_SECRET", "BIFOCAL_FOLDER"]


def test_a_secret_is_made_beside_the_database_and_said_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without BIFOCAL_SECRET one is made, kept beside the file, found again, and the log says where."""
    environ = RIGHT | {"BIFOCAL_SECRET": "", "DATABASE_URL": f"sqlite:///{tmp_path}/bifocal.db"}
    first = Settings.load(environ).bifocal_secret
    assert (tmp_path / "bifocal.secret").read_text().strip() == first
    assert str(tmp_path / "bifocal.secret") in caplog.text
    assert first not in caplog.text
    caplog.clear()
    assert Settings.load(environ).bifocal_secret == first
    assert caplog.text == ""


async def test_no_secret_is_made_for_a_database_that_had_one(tmp_path: Path) -> None:
    """A lost secret ends the start with what to do; no wrong one takes its place, and nothing is changed."""
    url = f"sqlite:///{tmp_path}/bifocal.db"
    environ = RIGHT | {"BIFOCAL_SECRET": "", "DATABASE_URL": url}
    settings = Settings.load(environ)
    await prepare(url)
    assert Settings.load(environ) == settings  # tables alone tie it to no secret
    store = await Store.open(url)
    await check_secret(store, settings)
    await store.close()
    secret = tmp_path / "bifocal.secret"
    kept = secret.read_text()
    secret.unlink()
    with pytest.raises(SettingsError, match=r"bifocal\.secret is missing, and .*bifocal\.db was begun with"):
        Settings.load(environ)
    assert not secret.exists()
    secret.write_text(kept)
    secret.chmod(0o600)
    assert Settings.load(environ) == settings


def test_a_file_that_is_no_database_is_left_to_who_opens_it(tmp_path: Path) -> None:
    """The sentence about it is the one of the database."""
    (tmp_path / "bifocal.db").write_text("no database at all, and long enough to be looked at")
    environ = RIGHT | {"BIFOCAL_SECRET": "", "DATABASE_URL": f"sqlite:///{tmp_path}/bifocal.db"}
    assert len(Settings.load(environ).bifocal_secret) == 64


def test_a_memory_has_a_secret_of_its_own() -> None:
    """A database in memory forgets its answers, and may forget their key."""
    environ = RIGHT | {"BIFOCAL_SECRET": ""}
    assert Settings.load(environ).bifocal_secret != Settings.load(environ).bifocal_secret


def test_a_kept_secret_that_cannot_be_trusted_ends_the_start(tmp_path: Path) -> None:
    """The sentence of the file is the sentence of the start."""
    (tmp_path / "bifocal.secret").write_text("x" * 64)
    (tmp_path / "bifocal.secret").chmod(0o644)
    (line,) = refused(BIFOCAL_SECRET="", DATABASE_URL=f"sqlite:///{tmp_path}/bifocal.db")
    assert "chmod 600" in line


def test_no_secret_is_in_the_repr() -> None:
    """Tokens, secrets and a database's password never stand where they could be logged."""
    environ = RIGHT | {"DATABASE_URL": "sqlite://", "SLACK_APP_TOKEN": "xapp-1-secret-token"}
    shown = repr(Settings.load(environ)) + str(Settings.load(environ))
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_APP_TOKEN",
        "BIFOCAL_SECRET",
        "DATABASE_URL",
    ):
        assert environ[name] not in shown


def test_an_address_without_its_slash_gets_one() -> None:
    """The Web API's base ends in a slash, as the SDK wants it."""
    assert Settings.load(RIGHT | {"SLACK_API_URL": "http://127.0.0.1:8901/api"}).slack_api_url.endswith(
        "/api/"
    )


def test_environment_and_file_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a mapping the environment is read, then `.env` beside the process; an empty value is none."""
    for name in (*RIGHT, "SLACK_APP_TOKEN", "PORT", "HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "".join(f"{key}={value}\n" for key, value in RIGHT.items()) + "PORT=4000\n"
    )
    monkeypatch.setenv("PORT", "5000")
    monkeypatch.setenv("SLACK_APP_TOKEN", "")
    settings = Settings.load()
    assert settings.slack_bot_token.get_secret_value() == RIGHT["SLACK_BOT_TOKEN"]
    assert (settings.port, settings.socket_mode) == (5000, False)


def test_a_mapping_is_all_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a mapping, nothing of the machine gets in."""
    monkeypatch.setenv("PORT", "5000")
    assert Settings.load(RIGHT).port == 3000

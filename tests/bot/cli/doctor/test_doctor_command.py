"""`bifocal doctor`: each fault is a line that says what to do, and stops no other line."""

import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli.command_line import app
from bot.cli.doctor import doctor_command, slack_checks
from bot.cli.doctor.doctor_command import examine
from bot.config.setting_types import SettingsError, database_file
from bot.config.settings import Settings
from bot.sandbox.api.faults import LostAnswer, ServerError
from storage.engine.address import read_url
from tests.conftest import Company, Running, settings_for
from tests.jobs.scheduling import schedule

Doctor = Callable[..., Awaitable[tuple[bool, dict[str, str]]]]
ANOTHER = "another-secret-0123456789"


@pytest.fixture
def settings(running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of the running bot, whose clock everything goes by."""
    for module in (doctor_command, slack_checks):
        monkeypatch.setattr(module, "utc_now", running.clock)

    async def none() -> None:
        return None

    monkeypatch.setattr("storage.store.Store.now", lambda _: none())  # a server's clock cannot be stepped
    found = settings_for(running.slack, tmp_path)
    for file in tmp_path.glob("*.db"):
        file.chmod(0o600)  # as the bot makes it
    assert running.slack.bot_url
    return found.model_copy(update={"port": int(running.slack.bot_url.rpartition(":")[2])})


@pytest.fixture
def doctor(settings: Settings) -> Doctor:
    """Whether all is well, and the lines: the mark and the text by what they are about."""

    async def run(**changes: object) -> tuple[bool, dict[str, str]]:
        lines: list[str] = []
        well = await examine(lambda: settings.model_copy(update=changes), lines.append)
        told: dict[str, str] = {}
        for line in lines:
            assert "\n" not in line
            assert not any(
                word in line
                for word in (
                    ANOTHER,
                    settings.slack_bot_token.get_secret_value(),
                    settings.bifocal_secret or ANOTHER,
                    "U0",
                )
            )
            mark, what, text = line[:6].strip(), line[7:19].strip(), line[20:]
            told[what] = f"{told[what]}\n{mark} {text}" if what in told else f"{mark} {text}"
        return well, told

    return run


async def test_all_is_well(doctor: Doctor, running: Running, company: Company) -> None:
    """A line for everything, exit code 0; and nothing has changed."""
    await schedule(running, company)
    await running.digest(company.lead, company.team, "digest Atlas from #atlas weekly mon 12:00")
    await running.ask(company.lead, company.channel, "csat about Atlas")
    well, told = await doctor()
    assert well, told
    assert list(told) == [
        "settings", "database", "rights", "disk", "secret", "token", "scopes", "clock", "channels", "outbox",
        "schedules", "due work", "running bot",
    ]  # fmt: skip
    assert {line.partition(" ")[0] for line in told.values()} == {"ok"}
    assert told["channels"] == "ok in all of those that questions and digests need (2 looked at)"
    assert told["schedules"] == "ok 2 questions and 1 digests, none paused"
    assert told["running bot"] == "ok ready"


async def test_wrong_settings() -> None:
    """They are told, and the rest is not looked at."""

    def check() -> Settings:
        raise SettingsError("PORT is wrong: it is a number from 0 to 65535, such as 3000.")

    lines: list[str] = []
    assert not await examine(check, lines.append)
    assert lines[0].split(maxsplit=2) == [
        "WRONG",
        "settings",
        "PORT is wrong: it is a number from 0 to 65535, such as 3000.",
    ]
    assert all(line.endswith("not looked at: the settings are wrong") for line in lines[1:])


def test_something_to_mend_is_status_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script can tell without reading; nothing is made in the folder."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 1
    assert "WRONG  settings     SLACK_BOT_TOKEN is missing: it is the Bot User" in done.stdout
    assert not list(tmp_path.iterdir())


async def test_token_scopes_and_clock(doctor: Doctor, running: Running) -> None:
    """A missing scope and one too many, a token that was revoked, a Slack that is away."""
    slack_app = running.slack.app
    slack_app.scopes = (slack_app.scopes - {"files:write"}) | {"reactions:write", "channels:history"}
    well, told = await doctor()
    assert not well
    assert told["scopes"] == (
        "WRONG files:write missing: give the app the new manifest (bifocal manifest) and install it anew\n"
        "note reactions:write are not needed: take them out of the app if nothing else is"
    )
    slack_app.revoked = True
    well, told = await doctor()
    assert not well
    assert told["token"].startswith("WRONG SLACK_BOT_TOKEN was refused by Slack (token_revoked). Copy")
    assert told["clock"] == "? not looked at: Slack has not taken the token"
    assert told["channels"] == "? not looked at: Slack has not taken the token"
    assert told["outbox"] == "ok nothing late or failed"
    slack_app.revoked = False
    running.slack.faults.add("auth.test", ServerError(503))
    well, told = await doctor()
    assert not well
    assert told["token"].startswith("WRONG Slack did not answer at http")


async def test_the_token_of_socket_mode(doctor: Doctor, running: Running) -> None:
    """It is tried as well where one is set."""
    good, bad = running.slack.app.app_token, "xapp-1-A1-1-no-such-token"
    well, told = await doctor(slack_app_token=SecretStr(good))
    assert well, told
    assert told["app token"] == "ok Slack opens a websocket for it"
    well, told = await doctor(slack_app_token=SecretStr(bad))
    assert not well
    assert told["app token"].startswith("WRONG SLACK_APP_TOKEN was refused by Slack (")


async def test_a_clock_that_is_off(doctor: Doctor, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """By how much, and that it is to be set."""
    monkeypatch.setattr(slack_checks, "utc_now", lambda: running.clock() + timedelta(seconds=90))
    well, told = await doctor()
    assert not well
    assert told["clock"].startswith("WRONG this machine's clock is")
    assert told["clock"].endswith("s ahead of Slack's: set it right, by NTP for instance")


async def test_channels(doctor: Doctor, running: Running, company: Company) -> None:
    """One that the bot was removed from, and one that is archived; a Slack that does not say is no fault."""
    await running.ask(company.lead, company.channel)
    company.channel.members.remove(running.slack.app.bot_user_id)
    well, told = await doctor()
    assert not well
    assert told["channels"] == "WRONG Bifocal is not in #atlas: type /invite @Bifocal there"
    company.channel.is_archived = True
    assert (await doctor())[1]["channels"].startswith("WRONG #atlas is archived: unarchive it")
    running.slack.faults.add("conversations.info", ServerError(503))
    well, told = await doctor()
    assert well
    assert told["channels"] == "? not looked at: Slack says HTTP 503 of C0ATLAS"


async def a_paused_digest(running: Running, company: Company) -> None:
    """A digest that the bot has paused."""
    await running.digest(company.lead, company.team, "digest Atlas from #atlas weekly mon 12:00")
    (digest,) = await running.bot.store.digests.everywhere()
    await running.bot.store.digests.pause(digest.team_id, digest.id, reason="is_archived")


async def test_messages_and_work(doctor: Doctor, running: Running, company: Company) -> None:
    """A message in doubt, a question that the bot has paused, and work that nobody does."""
    running.slack.faults.add("chat.postMessage", LostAnswer())
    await running.ask(company.lead, company.channel)
    well, told = await doctor()
    assert not well
    assert told["outbox"] == ("WRONG messages: 1 unknown. bifocal outbox lists them, sends again or gives up")
    await schedule(running, company, product="Beacon")
    (pulse,) = [each for each in await running.bot.store.schedules.live() if each.cadence]
    await running.bot.store.pulses.pause(pulse.team_id, pulse.id, reason=None)
    assert (await doctor())[1]["schedules"] == "note 1 paused by their leads"
    await running.bot.store.pulses.pause(pulse.team_id, pulse.id, reason="not_in_channel")
    told = (await doctor())[1]
    assert told["schedules"] == (
        f"WRONG question {pulse.number} in C0ATLAS is paused (not_in_channel): mend that, then "
        f"/pulse resume {pulse.number} in its channel"
    )
    await a_paused_digest(running, company)
    assert "then /pulse digest on in its channel" in (await doctor())[1]["schedules"]
    running.clock.step(timedelta(days=8))
    assert (await doctor())[1]["due work"].startswith(
        "WRONG late: 1 question to close, since 2026-11-09 09:00"
    )


@pytest.mark.sqlite("a file")
async def test_another_secret_and_none(doctor: Doctor) -> None:
    """The fingerprint tells; a file that is lost is said with its name."""
    well, told = await doctor(bifocal_secret=ANOTHER)
    assert not well
    assert told["secret"].startswith("WRONG BIFOCAL_SECRET is not the one that this database was begun with")
    well, told = await doctor(bifocal_secret="")
    assert not well
    assert told["secret"].startswith("WRONG /")
    assert "bifocal.secret is missing: put your copy back" in told["secret"]


@pytest.mark.sqlite("a file")
async def test_rights_room_and_no_file(
    doctor: Doctor, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others who can read it, a disk that is nearly full, a folder without a database: nothing is made."""
    file = database_file(read_url(settings.database_url))
    file.chmod(0o644)
    assert (await doctor())[1]["rights"] == (
        f"WRONG others on this machine can read {file}: run chmod 600 {file}"
    )
    file.chmod(0o600)
    monkeypatch.setattr("bot.cli.doctor.database_checks.free_bytes", lambda _: 5_000_000)
    assert (await doctor())[1]["disk"].startswith("WRONG 5 MB are left: make room")
    monkeypatch.setattr("bot.cli.doctor.database_checks.may_write", lambda path: path.is_dir())
    assert (await doctor())[1]["rights"].startswith(f"WRONG {file} cannot be written: let the user")
    elsewhere = tmp_path / "none.db"
    well, told = await doctor(database_url=f"sqlite:///{elsewhere}")
    assert not well
    assert told["database"].startswith(f"WRONG there is no file {elsewhere}")
    assert told["outbox"] == "? not looked at: the database cannot be worked with"
    assert not elsewhere.exists()


@pytest.mark.sqlite("a file")
async def test_damaged_and_of_another_version(doctor: Doctor, settings: Settings, tmp_path: Path) -> None:
    """Pages that are no pages; a migration that this version does not know, or not yet."""
    file, copy = database_file(read_url(settings.database_url)), tmp_path / "copy.db"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    url = f"sqlite:///{copy}"
    for version, words in (
        ("9999", "newer Bifocal"),
        ("0010", "not all migrations"),
        ("0001", "bifocal migrate"),
    ):
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        assert words in (await doctor(database_url=url))[1]["database"]
    damaged = tmp_path / "damaged.db"
    shutil.copy(copy, damaged)
    with damaged.open("r+b") as opened:
        opened.seek(8192)
        opened.write(b"\xff" * 40_000)
    well, told = await doctor(database_url=f"sqlite:///{damaged}")
    assert not well
    assert told["database"].startswith(
        "WRONG the database file is damaged: stop Bifocal and put a backup back"
    )


@pytest.mark.sqlite("a file")
async def test_the_running_bot_is_asked(doctor: Doctor, settings: Settings) -> None:
    """A file that was deleted under it is seen only from inside; where no bot answers that is no fault."""
    well, told = await doctor(port=1)
    assert well
    assert told["running bot"] == "note none answers at http://127.0.0.1:1/readyz: bifocal run starts it"
    file = database_file(read_url(settings.database_url))
    shutil.copy(file, file.with_name("copy"))
    file.unlink()
    file.with_name("copy").rename(file)
    well, told = await doctor()
    assert not well
    assert told["running bot"].startswith("WRONG the database file was replaced while Bifocal runs")


async def test_another_program_on_its_port(doctor: Doctor, running: Running) -> None:
    """What answers there without the words of `/readyz` is not taken for a bot that is well."""
    well, told = await doctor(
        host=urlsplit(running.slack.api_url).hostname, port=urlsplit(running.slack.api_url).port
    )
    assert not well
    assert "something else answers at" in told["running bot"]
    assert told["running bot"].endswith("set PORT to a free one")

"""`bifocal new-secret` over real databases of both kinds: what it says, what goes, what stays, and kills."""

import re
import stat
from asyncio import to_thread
from contextlib import suppress
from pathlib import Path

import pytest

from bot.app import build
from bot.cli.database import new_secret_command
from bot.cli.database.database_copies import CopyRefused
from bot.cli.database.new_secret_command import begin_anew
from bot.cli.run import utc_now
from bot.config.secret import fingerprint
from bot.config.setting_types import SettingsError
from bot.config.settings import Settings
from bot.start_checks import WrongSecret
from storage.answers.roles import keep_role
from storage.engine.backup import InUse
from storage.records import Role, RoleSaid
from storage.store import Store
from tests.bot.cli.database.test_database_copies import SECRET, said, settings_of, silent
from tests.databases import databases
from tests.storage.scene import (
    DAY,
    MONDAY,
    TEAM,
    a_comment,
    a_pulse,
    a_wave,
    answer,
    answer_key,
    rows,
    settle,
)

PEOPLE = [f"{number:064x}" for number in range(8)]
NEW = "f" * 32


async def fill(store: Store) -> None:
    """A counted round with comments, a counted question with names, an open one, a role and two mutes."""
    counted = await a_wave(store)
    await answer(store, counted, PEOPLE[:6])
    for person in PEOPLE[:5]:
        await store.answers.comment(answer_key(counted, person), a_comment())
    await settle(store, counted, at=MONDAY + 4 * DAY)
    with_names = await a_wave(store, await a_pulse(store, channel_id="C2", named=True))
    await answer(store, with_names, ["U1", "U2"])
    await settle(store, with_names, at=MONDAY + 4 * DAY)
    await answer(store, await a_wave(store, await a_pulse(store, channel_id="C3")), PEOPLE[:3])
    product = counted.pulse.product.id
    await store.database.write(
        lambda connection: keep_role(connection, TEAM, PEOPLE[0], product, RoleSaid(Role.USES))
    )
    for person in PEOPLE[:2]:
        await store.pauses.stop(TEAM, person)


async def begun(settings: Settings) -> Settings:
    """A database with rows under codes, and the settings."""
    bot = await build(settings, clock=utc_now)
    await fill(bot.store)
    await bot.close()
    return settings


def keyed(kept: dict[str, list[tuple[object, ...]]]) -> list[str]:
    """The tables in which a code of a person stands."""
    code = re.compile("[0-9a-f]{64}")
    return [
        name for name, its in kept.items() if any(code.fullmatch(str(value)) for row in its for value in row)
    ]


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
async def test_what_is_kept_under_codes_goes_and_totals_stay(kind: str, tmp_path: Path) -> None:
    """It says before what goes; then no code is left in any table, and rounds and names are as they were."""
    url = databases().empty() if kind == "PostgreSQL" else None
    old = await begun(settings_of(tmp_path, url))
    store = await Store.open(old.database_url)
    before = await rows(store)
    await store.close()
    assert keyed(before)
    new, console = settings_of(tmp_path, url, NEW), silent()
    with pytest.raises(WrongSecret, match="bifocal new-secret says what it costs"):
        await build(new, clock=utc_now)
    await to_thread(begin_anew, new, sure=True, console=console)
    for words in (
        "counted: 3, of 1 questions",
        "comments: 5",
        "took part in a count: 6",
        "wants no reminders (2)",
    ):
        assert words in said(console)
    bot = await build(new, clock=utc_now)
    after = await rows(bot.store)
    assert keyed(after) == []
    assert after["round"] == before["round"]
    assert [row[2] for row in after["rating"]] == ["U1", "U2"]
    assert bot.store.restores.restored_on == utc_now().date()
    assert bot.store.restores.by_new_secret
    await bot.close()
    with pytest.raises(WrongSecret):
        await build(old, clock=utc_now)


async def test_nobody_is_reminded_who_may_have_stopped_it(tmp_path: Path) -> None:
    """Where mutes were lost everybody is left alone until they ask, and again once they are forgotten."""
    await begun(settings_of(tmp_path))
    new = settings_of(tmp_path, secret=NEW)
    await to_thread(begin_anew, new, sure=True, console=silent())
    bot = await build(new, clock=utc_now)
    pauses, person = bot.store.pauses, "e" * 64
    assert not await pauses.claim_writing(TEAM, person, now=MONDAY)
    await pauses.expire(MONDAY + 400 * DAY)
    pause = await pauses.of_person(TEAM, "d" * 64)
    assert pause is not None
    assert pause.stopped
    await pauses.stop(TEAM, person, stopped=False)
    await pauses.expire(MONDAY + 400 * DAY)
    assert await pauses.claim_writing(TEAM, person, now=MONDAY)
    await bot.store.erasure.forget(TEAM, [person])
    assert not await pauses.claim_writing(TEAM, person, now=MONDAY + 400 * DAY)
    await bot.close()


def without_secret(folder: Path) -> dict[str, str]:
    """Settings that leave the secret to the file beside the database."""
    database = f"sqlite:///{folder / 'bifocal.db'}"
    return {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DATABASE_URL": database}


class Killed(Exception):
    """The end of the command."""


def die(*_: object) -> bool:
    """What a kill does here."""
    raise Killed


@pytest.mark.parametrize("killed", ["never", "before the database", "after the database"])
async def test_a_lost_secret_is_made_anew_and_a_kill_leaves_old_or_new(
    killed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lost one ends the start with a sentence that names the way on; whatever is killed, one fits."""
    await begun(Settings.load(without_secret(tmp_path)))
    secret = tmp_path / "bifocal.secret"
    old = secret.read_text()
    secret.unlink()
    with pytest.raises(SettingsError, match="bifocal new-secret says what it costs"):
        Settings.load(without_secret(tmp_path))
    secret.write_text(old)  # found again, but others know it
    secret.chmod(0o600)
    if killed == "before the database":
        monkeypatch.setattr(new_secret_command, "_begin", die)
    elif killed == "after the database":
        steps = [False]  # the one at the beginning finds nothing
        monkeypatch.setattr(
            new_secret_command, "take_prepared", lambda *_, **__: steps.pop() if steps else die()
        )
    with suppress(Killed):
        await to_thread(begin_anew, Settings.check(without_secret(tmp_path)), sure=True, console=silent())
    bot = await build(Settings.load(without_secret(tmp_path)), clock=utc_now)
    was_kept = keyed(await rows(bot.store))
    await bot.close()
    assert (secret.read_text() == old) is (killed == "before the database")
    assert bool(was_kept) is (killed == "before the database")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    if killed != "before the database":
        kept = tmp_path / f"bifocal.secret.{fingerprint(old.strip())}"
        assert kept.read_text() == old
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


async def test_nothing_happens_without_a_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor with the secret that it has, nor while a bot runs, nor where there is nothing."""
    with pytest.raises(CopyRefused, match="Nothing was ever kept"):
        await to_thread(begin_anew, settings_of(tmp_path), sure=True, console=silent())
    old = await begun(settings_of(tmp_path))
    with pytest.raises(CopyRefused, match="was begun with this BIFOCAL_SECRET"):
        await to_thread(begin_anew, old, sure=True, console=silent())
    new = settings_of(tmp_path, secret=NEW)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "yes")
    with pytest.raises(CopyRefused, match="Nothing was changed"):
        await to_thread(begin_anew, new, sure=False, console=silent())
    bot = await build(old, clock=utc_now)
    with pytest.raises(InUse, match="stop every Bifocal"):
        await to_thread(begin_anew, new, sure=True, console=silent())
    assert "comment" in keyed(await rows(bot.store))
    await bot.close()
    with pytest.raises(CopyRefused, match="in memory"):
        begin_anew(settings_of(tmp_path, "sqlite://", SECRET), sure=True)

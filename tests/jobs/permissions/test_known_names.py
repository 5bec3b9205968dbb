"""Which products somebody may be told of, and that a name makes none in passing."""

import re
from pathlib import Path

import pytest

from bot.sandbox.model.channels import Channel, Kind
from jobs.permissions.known_names import NewName, confirmed_product, known_product
from jobs.permissions.requester import Requester
from tests.conftest import MONDAY, Company, Running
from tests.standing import TEAM, a_digest
from tests.test_layers import ROOT

MAKES_A_NAME = re.compile(r"\bConfirmedName\(")


def by(user_id: str, channel: Channel) -> Requester:
    """Somebody who types in a channel."""
    return Requester(team_id=TEAM, user_id=user_id, channel_id=channel.id, now=MONDAY)


async def test_a_product_is_known_where_its_channel_may_be_read(running: Running, company: Company) -> None:
    """A product of a private channel is new, and named as near, only to its members and to admins."""
    slack, store, directory = running.slack, running.bot.store, running.bot.context.directory
    secret = slack.add_channel("secret", company.lead, kind=Kind.PRIVATE, id="C0SECRET")
    await a_digest(
        store, rule="weekly mon 09:00", zone="UTC", channel_id=secret.id, lead_id="U0LEAD", now=MONDAY
    )
    for user_id, known in [("U0LEAD", True), ("U0ADMIN", True), ("U0P01", False)]:
        asker = by(user_id, company.channel)
        if known:
            assert (await known_product(store, directory, asker, "atlas")).name == "Atlas"
        with pytest.raises(NewName) as new:
            await known_product(store, directory, asker, "atlas" if not known else "Altas")
        assert new.value.near == (("Atlas",) if known else ())


async def test_a_product_that_nothing_was_asked_about_is_known(running: Running, company: Company) -> None:
    """A name that was confirmed is known to everybody from then on, and in every spelling."""
    asker = by("U0LEAD", company.channel)
    with pytest.raises(NewName, match="is new here"):
        await known_product(running.bot.store, running.bot.context.directory, asker, "Delta")
    made = await confirmed_product(running.bot.store, asker.team_id, "Delta")
    found = await known_product(
        running.bot.store, running.bot.context.directory, by("U0P01", company.channel), "DELTA."
    )
    assert found == made


def test_only_one_function_confirms_a_name() -> None:
    """In the product a confirmed name is made at one place, so that nothing makes a product in passing."""
    modules = [
        path for part in ("bot", "handlers", "jobs", "storage") for path in Path(ROOT, part).rglob("*.py")
    ]
    makers = [path.relative_to(ROOT).as_posix() for path in modules if MAKES_A_NAME.search(path.read_text())]
    assert makers == ["jobs/permissions/known_names.py"]

"""What an edition would show, and from which sources."""

from typing import Any

import pytest

from jobs.contrast.edition_state import EditionState
from jobs.digests.preview import edition_now
from jobs.digests.publish import publish
from jobs.permissions.scope import sources_of
from jobs.privacy.look import CountSettings
from storage.records import Digest
from tests.conftest import Company, Running

COUNTING = CountSettings()


async def post(running: Running, digest: Digest) -> EditionState | None:
    """Make an edition now."""
    bot = running.bot
    sources = await sources_of(bot.context.directory, digest)
    directory, at = bot.context.directory, running.clock()
    return await publish(bot.store, bot.client, directory, digest, sources, counting=COUNTING, at=at)


async def counted(running: Running, company: Company) -> None:
    """Ten people have answered a question, and it counts."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()


async def digest_of(running: Running, company: Company, words: str) -> Digest:
    """The digest that these words set."""
    await running.digest(company.lead, company.channel, words)
    return (await running.bot.store.digests.in_channel(company.lead.team_id, company.channel.id))[0]


async def test_a_preview_is_compared_with_the_last_edition(running: Running, company: Company) -> None:
    """Before the first edition there is nothing to compare with, afterwards there is."""
    await counted(running, company)
    digest = await digest_of(running, company, "digest Atlas weekly mon 09:00 Europe/Berlin")
    store, client, now = running.bot.store, running.bot.client, running.clock()

    async def is_first() -> bool:
        sources = await sources_of(running.bot.context.directory, digest)
        made = await edition_now(store, client, digest, sources, counting=COUNTING, now=now, requested=True)
        return made.found.contrast.first

    assert await is_first()
    assert await post(running, digest)
    assert not await is_first()


async def test_the_last_edition_is_read_once(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition is made beside one reading of the last one, so that both halves speak of the same."""
    await counted(running, company)
    digest = await digest_of(running, company, "digest Atlas weekly mon 09:00 Europe/Berlin")
    store, read = running.bot.store, running.bot.store.editions.last
    readings = 0

    async def reading(*args: Any, **options: Any) -> Any:
        nonlocal readings
        readings += 1
        return await read(*args, **options)

    monkeypatch.setattr(store.editions, "last", reading)
    assert await post(running, digest)
    assert readings == 1

"""A digest every Monday in the channel of the small company, and answers for it."""

from datetime import timedelta

from bot.sandbox.model.messages import Message
from jobs.contrast.edition_state import EditionState
from jobs.digests.publish import publish
from jobs.permissions.scope import sources_of
from jobs.privacy.look import CountSettings
from storage.records import Digest
from tests.conftest import Company, Running

COUNTING = CountSettings()

ORDER = "digest Atlas weekly mon 09:00 Europe/Berlin"


async def post(running: Running, digest: Digest) -> EditionState | None:
    """Make an edition now."""
    bot = running.bot
    sources = await sources_of(bot.context.directory, digest)
    directory, at = bot.context.directory, running.clock()
    return await publish(bot.store, bot.client, directory, digest, sources, counting=COUNTING, at=at)


async def digest_of(running: Running, company: Company) -> Digest:
    """The digest of the channel."""
    return (await running.bot.store.digests.in_channel(company.lead.team_id, company.channel.id))[0]


def editions(company: Company) -> list[Message]:
    """The digests that were posted in the channel, oldest first."""
    posts = [each for each in company.channel.messages if each.thread_ts is None]
    return [each for each in posts if each.text.startswith("Atlas:")]


async def due(running: Running, company: Company) -> None:
    """Let time pass until the digest is due, and its posts are there."""
    for channel in (company.channel, company.team):
        for digest in await running.bot.store.digests.in_channel(company.lead.team_id, channel.id):
            if digest.next_at:
                await running.step(digest.next_at - running.clock())
    for _ in range(6):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))


async def answer(running: Running, company: Company, words: str, point: int) -> None:
    """Ten people answer alike, and it counts."""
    question = await running.ask(company.lead, company.channel, words)
    for person in company.people:
        await running.click(person, question, point)
    await running.count()

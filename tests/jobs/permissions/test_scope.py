"""What a channel may see, and which of its channels a digest may read now."""

from datetime import timedelta

import pytest

from bot.sandbox.api.faults import ServerError
from bot.sandbox.model.channels import Kind
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Subject, scope, sources_of, subjects
from jobs.slack.directory import SlackUnavailable
from storage.records import Digest
from tests.conftest import MONDAY, Company, Running

MINUTE = timedelta(seconds=60)


async def test_a_channel_sees_itself_and_its_sources(running: Running, company: Company) -> None:
    """Sources of its own digests, running ones only; products are those that were asked about there."""
    store, team = running.bot.store, company.lead.team_id
    directory = running.bot.context.directory
    await running.ask(company.lead, company.channel)
    here = await scope(store, directory, team_id=team, channel_id=company.team.id)
    assert (here.channels, here.products) == (("C0TEAM",), ())
    await running.digest(company.lead, company.team, "digest Atlas from #atlas")
    here = await scope(store, directory, team_id=team, channel_id=company.team.id)
    assert here.channels == ("C0TEAM", "C0ATLAS")
    assert [product.name for product in here.products] == ["Atlas"]
    there = await scope(store, directory, team_id=team, channel_id=company.channel.id)
    assert there.channels == ("C0ATLAS",)
    (digest,) = await store.digests.in_channel(team, company.team.id)
    await store.digests.pause(team, digest.id, reason="is_archived")
    assert (await scope(store, directory, team_id=team, channel_id=company.team.id)).channels == ("C0TEAM",)


async def test_what_a_query_is_about(running: Running, company: Company) -> None:
    """Products of this channel, by any spelling of their name; elsewhere only for admins."""
    await running.ask(company.lead, company.channel)

    async def about(*, user_id: str, channel_id: str, name: str) -> list[Subject]:
        requester = Requester(
            team_id=company.lead.team_id, user_id=user_id, channel_id=channel_id, now=MONDAY
        )
        found = await subjects(running.bot.store, running.bot.context.directory, requester, name)
        return found.found

    ((product, channels),) = await about(user_id=company.lead.id, channel_id="C0ATLAS", name="ATLAS")
    assert (product.name, channels) == ("Atlas", ("C0ATLAS",))
    with pytest.raises(Refused):
        await about(user_id=company.lead.id, channel_id="C0TEAM", name="Atlas")
    ((_, channels),) = await about(user_id=company.admin.id, channel_id="C0TEAM", name="Atlas")
    assert channels == ("C0ATLAS",)
    company.guest.is_admin = company.guest.shows_roles = True
    with pytest.raises(Refused):
        await about(user_id=company.guest.id, channel_id="C0TEAM", name="Atlas")


async def digest_of(running: Running, company: Company) -> Digest:
    """A digest in the team's channel that reads it, the channel asked, and a private one."""
    running.slack.add_channel("secret", company.lead, company.people[0], kind=Kind.PRIVATE, id="C0SECRET")
    await running.digest(company.lead, company.team, "digest Atlas from #atlas-team #atlas #secret")
    (digest,) = await running.bot.store.digests.in_channel(company.lead.team_id, company.team.id)
    assert digest.sources == ("C0TEAM", "C0ATLAS", "C0SECRET")
    running.clock.step(MINUTE)
    return digest


async def test_a_source_is_read_while_a_lead_is_in_it(running: Running, company: Company) -> None:
    """The lead leaves a private channel: within a minute it is read no more, and a sentence says why."""
    digest, directory = await digest_of(running, company), running.bot.context.directory
    sources = await sources_of(directory, digest)
    assert (sources.readable, sources.notes()) == (digest.sources, ())
    running.slack.channel("C0SECRET").members.remove(company.lead.id)
    running.clock.step(MINUTE)
    sources = await sources_of(directory, digest)
    assert (sources.readable, sources.left) == (("C0TEAM", "C0ATLAS"), ("C0SECRET",))
    assert sources.notes() == ("<#C0SECRET> is not read: no lead of the digest is in it any more.",)


async def test_its_own_channel_is_always_read(running: Running, company: Company) -> None:
    """Whoever reads the digest is in that channel."""
    digest, directory = await digest_of(running, company), running.bot.context.directory
    company.team.members.remove(company.lead.id)
    running.clock.step(MINUTE)
    assert "C0TEAM" in (await sources_of(directory, digest)).readable


async def test_one_lead_is_enough_and_a_guest_is_none(running: Running, company: Company) -> None:
    """An admin who has joined the leads keeps the source open; as guests, both open nothing."""
    await digest_of(running, company)
    directory = running.bot.context.directory
    await running.digest(company.admin, company.team, "digest Atlas from #atlas")
    (digest,) = await running.bot.store.digests.in_channel(company.lead.team_id, company.team.id)
    assert digest.leads == (company.lead.id, company.admin.id)
    company.lead.is_guest = True
    running.clock.step(MINUTE)
    assert (await sources_of(directory, digest)).readable == ("C0ATLAS",)
    company.admin.is_single_channel_guest = True
    running.clock.step(MINUTE)
    assert (await sources_of(directory, digest)).left == ("C0ATLAS",)


async def test_where_bifocal_was_removed_nothing_is_read(running: Running, company: Company) -> None:
    """It cannot see who is in a private channel any more, so the reason is another one."""
    digest, directory = await digest_of(running, company), running.bot.context.directory
    running.slack.channel("C0SECRET").members.remove(running.slack.bot.id)
    running.clock.step(MINUTE)
    sources = await sources_of(directory, digest)
    assert (sources.readable, sources.unseen) == (("C0TEAM", "C0ATLAS"), ("C0SECRET",))
    assert sources.notes() == ("<#C0SECRET> is not read: Bifocal does not see it any more.",)


@pytest.mark.parametrize("method", ["conversations.members", "users.info"])
async def test_while_slack_does_not_tell_a_source_is_left_out(
    running: Running, company: Company, method: str
) -> None:
    """Nobody's membership is guessed; the sentence says that it is not known."""
    digest, directory = await digest_of(running, company), running.bot.context.directory
    running.slack.faults.add(method, ServerError(503), times=9)
    sources = await sources_of(directory, digest)
    assert (sources.readable, sources.untold) == (("C0TEAM",), ("C0ATLAS", "C0SECRET"))
    assert sources.notes()[0] == "<#C0ATLAS> is not read: Slack did not say who is in it."
    with pytest.raises(SlackUnavailable):
        sources.require_told()

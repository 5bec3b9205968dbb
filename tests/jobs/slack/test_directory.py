"""People and channels as Slack knows them, remembered for a while."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.api.faults import Dropped, Fault, RateLimited, Refusal, ServerError
from bot.sandbox.model.channels import Kind
from jobs.slack.directory import Cache, Directory, SlackUnavailable
from jobs.slack.pacing import Pacing
from tests.conftest import Company, Running

TEAM = "T0SANDBOX"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def calls(running: Running, method: str) -> int:
    """How often the bot called a method."""
    return sum(event["method"] == method for event in running.slack.feed.of("api.request"))


async def test_a_person_is_asked_for_once_an_hour(running: Running, company: Company) -> None:
    """Name, zone and role come from Slack and are kept; nobody is asked for what is remembered."""
    directory = Directory(running.bot.client, running.clock, Pacing(running.clock))
    assert directory.remembered(TEAM, company.lead.id) is None
    face = await directory.person(TEAM, company.lead.id)
    assert (face.name, face.zone, face.admin) == ("Priya Nair", "Europe/Berlin", False)
    assert (await directory.person(TEAM, company.admin.id)).admin
    company.lead.display_name = "Priya"
    assert (await directory.person(TEAM, company.lead.id)).name == "Priya Nair"
    running.clock.step(timedelta(hours=1))
    remembered = directory.remembered(TEAM, company.lead.id)
    assert remembered is not None
    assert remembered.name == "Priya Nair"
    assert (await directory.person(TEAM, company.lead.id)).name == "Priya"


async def test_people_who_are_not_there(running: Running, company: Company) -> None:
    """Somebody of another company has no role here; whom Slack does not know is somebody."""
    directory = Directory(running.bot.client, running.clock, Pacing(running.clock))
    assert not (await directory.person(TEAM, company.guest.id)).admin
    assert (await directory.person(TEAM, "U0NOBODY")).name == "Somebody"
    running.slack.faults.add("users.info", Refusal("fatal_error"))
    with pytest.raises(SlackUnavailable, match=r"users\.info: fatal_error"):
        await directory.person(TEAM, company.people[0].id)


async def test_channels_that_the_bot_can_see(running: Running, company: Company) -> None:
    """Membership, archive and sharing; a private channel without the bot is none."""
    directory = Directory(running.bot.client, running.clock, Pacing(running.clock))
    channel = await directory.channel(TEAM, company.channel.id)
    assert channel is not None
    assert (channel.member, channel.archived, channel.shared) == (True, False, True)
    hidden = running.slack.add_channel("hidden", company.lead, bot=False, kind=Kind.PRIVATE)
    assert await directory.channel(TEAM, hidden.id) is None
    assert await directory.channel(TEAM, "C0NOWHERE") is None
    assert await directory.members(TEAM, hidden.id) == frozenset()


async def test_bots_and_those_who_left_are_no_people(running: Running, company: Company) -> None:
    """Whoever can answer: no bot, nobody deactivated; asked for once in five seconds."""
    directory = Directory(running.bot.client, running.clock, Pacing(running.clock))
    company.people[0].deleted = True
    assert await directory.people(TEAM, company.channel.id) == 12
    before = calls(running, "conversations.members")
    await directory.people(TEAM, company.channel.id)
    assert calls(running, "conversations.members") == before


@pytest.mark.parametrize("method", ["conversations.members", "users.list"])
@pytest.mark.parametrize(
    "fault", [RateLimited(), ServerError(503), Dropped(), Refusal("missing_scope")], ids=str
)
async def test_a_count_that_slack_does_not_tell(
    method: str, fault: Fault, running: Running, company: Company
) -> None:
    """Whatever either call ends with, there is no count, and no wrong one."""
    directory = running.bot.context.directory
    running.slack.faults.add(method, fault, times=9)
    assert await directory.people(TEAM, company.channel.id) is None
    with pytest.raises(SlackUnavailable):
        await directory.count_people(TEAM, company.channel.id)


async def test_a_missing_scope_is_no_missing_invitation(running: Running, company: Company) -> None:
    """Where Slack refuses for a scope, it is not said that Bifocal has to be invited."""
    running.slack.faults.add("conversations.info", Refusal("missing_scope"))
    with pytest.raises(SlackUnavailable):
        await running.bot.context.directory.channel(TEAM, company.channel.id)


async def test_a_channel_out_of_sight_has_no_count(running: Running, company: Company) -> None:
    """A channel that the bot cannot see is not one with nobody in it."""
    hidden = running.slack.add_channel("hidden", company.lead, bot=False, kind=Kind.PRIVATE)
    assert await running.bot.context.directory.people(TEAM, hidden.id) is None


async def test_a_paused_method_is_not_called(running: Running, company: Company) -> None:
    """After a 429 nobody calls the method, for any channel, before Retry-After has gone by."""
    directory = running.bot.context.directory
    running.slack.faults.add("conversations.members", RateLimited(600))
    assert await directory.people(TEAM, company.channel.id) is None
    before = calls(running, "conversations.members")
    running.clock.step(timedelta(seconds=599))
    for channel in (company.channel, company.team):
        assert await directory.people(TEAM, channel.id) is None
    assert calls(running, "conversations.members") == before
    assert await directory.channel(TEAM, company.channel.id) is not None
    running.clock.step(timedelta(seconds=1))
    assert await directory.people(TEAM, company.channel.id) == 13


async def test_members_come_in_the_largest_pages(running: Running, company: Company) -> None:
    """A workspace of 1,500 people is read in two calls."""
    for number in range(1500):
        company.channel.members.append(running.slack.workspace.add_user(f"Extra {number}").id)
    assert await running.bot.context.directory.people(TEAM, company.channel.id) == 1513
    assert (calls(running, "conversations.members"), calls(running, "users.list")) == (2, 2)


async def test_workspaces_are_kept_apart(running: Running, company: Company) -> None:
    """What was told of one workspace is not taken for another one's."""
    directory = running.bot.context.directory
    await directory.person(TEAM, company.lead.id)
    assert directory.remembered(TEAM, company.lead.id) is not None
    assert directory.remembered("T0OTHER", company.lead.id) is None


def test_an_answer_is_given_until_it_is_old() -> None:
    """Within its age, or within what the asker calls fresh; an answer of None is an answer."""
    cache: Cache[str | None] = Cache(most=9, age=HOUR)
    cache.put(("T1", "U1"), None, now=NOW)
    assert cache.get(("T1", "U1"), now=NOW + HOUR - timedelta(seconds=1)) == (None,)
    assert cache.get(("T1", "U1"), now=NOW + HOUR) is None
    assert cache.get(("T1", "U1"), now=NOW + HOUR / 2, fresh=HOUR / 2) is None
    assert cache.get(("T2", "U1"), now=NOW) is None


def test_only_so_many_are_kept() -> None:
    """The one told longest ago makes room; telling it anew makes it the youngest."""
    cache: Cache[int] = Cache(most=3, age=HOUR)
    for number in (1, 2, 3, 1, 4):
        cache.put(("T1", str(number)), number, now=NOW)
    assert len(cache) == 3
    assert cache.get(("T1", "2"), now=NOW) is None
    assert cache.get(("T1", "1"), now=NOW) == (1,)


def test_what_is_too_old_is_let_go() -> None:
    """With the next answer those that have had their time are gone, not only hidden."""
    cache: Cache[int] = Cache(most=1000, age=HOUR)
    for number in range(100):
        cache.put(("T1", str(number)), number, now=NOW)
    cache.put(("T1", "new"), 0, now=NOW + HOUR)
    assert len(cache) == 1

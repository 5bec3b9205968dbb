"""What the Home tab shows is gathered from what is kept and from Slack."""

from datetime import timedelta

from jobs.home.gather_home import MOST_OPEN, home_of
from jobs.messages.home.home_page import Home
from jobs.permissions.requester import Requester
from tests.conftest import Company, Running


async def gathered(running: Running, company: Company, user_id: str) -> Home:
    """The Home tab of a person now."""
    context = running.bot.context
    requester = Requester(team_id=company.lead.team_id, user_id=user_id, channel_id="", now=running.clock())
    return await home_of(context.store, context.directory, context.respondents, context.client, requester)


async def test_the_first_open_questions_have_links(running: Running, company: Company) -> None:
    """In as many channels as there are; Slack is asked for a few links only."""
    person = company.people[0]
    for number in range(MOST_OPEN + 2):
        channel = running.slack.add_channel(f"more-{number}", company.lead, *company.people)
        await running.ask(company.lead, channel)
    home = await gathered(running, company, person.id)
    assert len(home.open_now) == MOST_OPEN + 2
    assert [each.link is not None for each in home.open_now].count(True) == MOST_OPEN
    assert not home.runs
    assert len((await gathered(running, company, company.lead.id)).runs) == MOST_OPEN + 2


async def test_a_lead_who_left_a_channel_is_not_told_its_name(running: Running, company: Company) -> None:
    """What they lead stays on their page; where it is, they may not be told any more."""
    await running.ask(company.lead, company.channel)
    company.channel.members.remove(company.lead.id)
    home = await gathered(running, company, company.lead.id)
    assert [pulse.channel_id for pulse, _ in home.runs] == [company.channel.id]
    assert company.channel.id in home.hidden
    assert not home.open_now


async def test_people_who_may_not_lead_see_only_their_own(running: Running, company: Company) -> None:
    """A lead who became a guest runs nothing on this page."""
    await running.ask(company.lead, company.channel)
    company.lead.is_guest = True
    running.clock.step(timedelta(minutes=2))
    home = await gathered(running, company, company.lead.id)
    assert not home.may_ask
    assert not home.runs
    assert len(home.open_now) == 1

"""Where a person and the bot may post."""

import pytest

from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from tests.conftest import MONDAY, Company, Running


async def test_both_must_be_there(running: Running, company: Company) -> None:
    """The bot always, the asker unless they typed in that very channel."""

    async def may(user_id: str, channel_id: str, *, here: str = "") -> None:
        requester = Requester(team_id=company.lead.team_id, user_id=user_id, channel_id=here, now=MONDAY)
        await may_post(running.bot.context.directory, requester, channel_id)

    await may(company.lead.id, company.channel.id)
    with pytest.raises(Refused, match="You are not in <#C0TEAM>"):
        await may(company.people[0].id, company.team.id)
    await may(company.people[0].id, company.team.id, here=company.team.id)
    with pytest.raises(Refused, match="Bifocal is not in <#C0NOWHERE>"):
        await may(company.lead.id, "C0NOWHERE", here="C0NOWHERE")

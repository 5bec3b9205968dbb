"""Where the three steps lead: to a question that is open, to the newest digest."""

import pytest

from bot.sandbox.live import posting
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.page.three_steps import ThreeSteps, newest_from_bot, open_question
from tests.bot.sandbox.page.conftest import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def nobody_asks() -> None:
    """Asking anew is refused."""


async def test_an_open_question_is_one_with_its_buttons(house: House) -> None:
    """A closed one is none, nor is what people say; where none can be asked, a sentence says so."""
    slack, lived = house.stage.slack, house.stage
    steps = ThreeSteps(
        lead=house.lead,
        customer=house.people[0],
        customers=house.channel,
        team=house.team,
        ask_anew=nobody_asks,
    )
    with pytest.raises(CannotActError, match="could not be asked"):
        await steps.question()
    await slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas for 1 hour")
    await lived.settle()
    slack.say(house.lead, house.channel, "Please answer")
    assert await steps.question() == (f"C0ATLAS/{house.channel.messages[0].ts}", False)
    await lived.until(lived.clock().replace(hour=11))
    assert open_question(house.channel) is None


async def test_the_newest_digest_is_the_bots_and_in_no_thread(house: House) -> None:
    """What people say under it or after it is not it."""
    assert newest_from_bot(house.team) is None
    world = house.stage.slack.world
    digest = posting.post(world, house.team, posting.content("Digest", None))
    posting.post(world, house.team, posting.content("Figures", None, thread_ts=digest.ts))
    house.stage.slack.say(house.lead, house.team, "Good news")
    assert newest_from_bot(house.team) is digest

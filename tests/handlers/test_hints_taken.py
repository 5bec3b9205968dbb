"""What a refusal tells to type is taken when it is typed exactly, in a channel with products of its own."""

import re
from datetime import timedelta

from bot.sandbox.model.messages import Message
from jobs.messages.lead import owner_notices
from tests.conftest import Company, Running
from tests.standing import TEAM

REFUSED = """
ask nps about Borea until yesterday|ask csat about Borea until 12/01/2026|ask nps|ask nps Borea
ask seq about Borea|ask ces about Borea|ask seq Borea|ask xyz about Borea|ask nps about stop|ask csat Calypso
ask nps about Borea for 3 years|ask nps about Until Dawn|ask nps about Borea until fri 17:00 XYZ
score Borea|score xyz|score csat Borea|score nps 9x|score nps lst month|trend Borea|trend xyz|why Borea
why 30d|contrast Borea|contrast 9x|contrast nps|comments Borea|comments xyz|comments 30d|comments cx ux
pause|pause x|pause 99|resume|close|end|takedown|change|edit|remove|delete|leads|leads add|leads 1 add
products foo|products rename|products merge|products remove|products rename Borea
digest weekly|digest Borea weekly mon 25:00|digest Borea weekly mon 09:00 XYZ|digest Borea every fornight
digest from nowhere|digest Borea from nowhere|digest Borea from|digest preview|digest off|digest start
csat for Borea|csat|scroe nps|foo|schedule nps about Borea every fornight|schedule nps about stop weekly
""".replace("\n", "|").strip("|").split("|")  # fmt: skip
NOT_TAKEN = re.compile(
    r"Nothing was changed\.$|^There is no|Nothing about|is not (?:a|the) |needs \"about\"|Did you mean"
)


def hints(answer: Message) -> list[str]:
    """The commands that an answer tells, as they are typed."""
    shown = str(answer.blocks).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.findall(
        r"(?:Try|Type|with|To ask:|To read:|Did you mean|in one line:|For example:) `/pulse ([^`]*)`", shown
    )


async def test_every_hint_is_taken(running: Running, company: Company) -> None:
    """No hint is refused: its names, numbers and times are those that work where it is read."""
    lead, channel = company.lead, company.channel
    await running.ask(lead, channel, "nps about Borea")
    await running.ask(lead, channel, "csat about Calypso")
    tried: dict[str, str] = {}
    for typed in REFUSED:
        seen = len(running.slack.ephemerals(lead))
        await running.type(lead, channel, typed)
        for hint in [hint for said in running.slack.ephemerals(lead)[seen:] for hint in hints(said)]:
            if hint in tried:
                continue
            tried[hint] = typed
            before = len(running.slack.ephemerals(lead))
            await running.type(lead, channel, hint)
            for view in list(running.slack.views(lead)):
                await running.slack.close_view(lead, view)
            for answer in running.slack.ephemerals(lead)[before:]:
                assert not NOT_TAKEN.search(answer.text), (typed, hint, answer.text)
    assert len(tried) > 20


KEPT = {  # in a channel with two products: what is typed, and the hint
    "ask csat until fri 12:00": "ask csat about Borea until 2026-11-06 12:00",
    "ask csat for 2 days": "ask csat about Borea until 2026-11-04 10:00",
    "ask csat about your order until thu": "ask csat about Borea: your order until 2026-11-05 17:00",
    "ask ces until thu 9am": "ask ces about Borea: the support of Borea until 2026-11-05 09:00",
    "ask seq about Borea until thu": "ask seq about Borea: send an invoice until 2026-11-05 17:00",
    "trend 12m": "trend 12m about Borea",
    "trend nps since june": "trend nps since june about Borea",
    "contrast 6w": "contrast 6w about Borea",
    "why nps": "why nps about Borea",
    "schedule csat about Borea twice a week": "schedule csat about Borea cron 0 9 * * 1,4 Europe/Berlin",
    "schedule csat about Borea every day": "schedule csat about Borea daily 09:00 Europe/Berlin",
    "digest daily 09:00": "digest Borea daily 09:00",
    "digest every 2 weeks tue 10:00 New York": "digest Borea every 2 weeks tue 10:00 New York",
    "digest weekly tue 08:00 from #atlas": "digest Borea weekly tue 08:00 from #atlas",
}


async def test_a_hint_keeps_the_words_that_were_right(running: Running, company: Company) -> None:
    """What is told to type where a product is left out has the channel, the time and the period as typed."""
    lead, channel = company.lead, company.channel
    await running.ask(lead, channel, "nps about Borea")
    await running.ask(lead, channel, "nps about Calypso")
    for typed, hint in KEPT.items():
        answer = await running.type(lead, channel, typed)
        assert answer is not None
        assert hints(answer) == [hint], (typed, answer.text)
        taken = await running.type(lead, channel, hint)
        opened = running.slack.views(lead)
        assert opened or (taken and not NOT_TAKEN.search(taken.text)), (hint, taken)
        for view in list(opened):
            await running.slack.close_view(lead, view)


ASKED = (
    "nps about Borea", "sus about Calypso", "csat about Borea: the support you got",
    "ces about Calypso: the support of Calypso", "seq about Borea: send an invoice",
    'csat about Calypso: "the wait until Friday"', 'csat about Borea: "help for 3 days"',
    "csat about Borea: what about Calypso",
)  # fmt: skip


async def test_what_a_notice_tells_to_type_asks_the_same(running: Running, company: Company) -> None:
    """The command of a notice to an owner asks that question of that product, in a channel with several."""
    lead, here = company.lead, company.channel
    for number, typed in enumerate(ASKED, 1):
        await running.ask(lead, here, typed)
        await running.step(timedelta(seconds=2))
        (pulse,) = [
            each
            for each, _ in await running.bot.store.pulses.in_channel(TEAM, here.id, now=running.clock())
            if each.number == 2 * number - 1
        ]
        (told,) = re.findall(r"`/pulse ([^`]*)` posts it", owner_notices.uncertain(pulse))
        question = here.messages[-1].text.partition("Asked by")[0]
        room = running.slack.add_channel(f"room-{number}", lead, *company.people)
        await running.type(lead, room, told)
        assert room.messages[-1].text.partition("Asked by")[0] == question, told
        again = (await running.bot.store.pulses.in_channel(TEAM, room.id, now=running.clock()))[0][0]
        assert again.product == pulse.product, told

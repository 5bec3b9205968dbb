"""What a refusal tells to type is taken when it is typed exactly, in a channel with products of its own."""

import re

from bot.sandbox.model.messages import Message
from tests.conftest import Company, Running

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
    return re.findall(r"(?:Try|Type|with|To ask:|To read:|Did you mean|in one line:) `/pulse ([^`]*)`", shown)


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

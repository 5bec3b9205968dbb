"""`/pulse help`, and what is said of a command that there is not."""

import re

import pytest

from bot.sandbox.model.messages import Message
from handlers.commands.command_table import SUBCOMMANDS
from jobs.messages.help.help_page import help_message, help_with
from jobs.messages.help.help_topics import FORMS
from tests.conftest import Company, Running
from tests.handlers.reading import read_as_typed
from tests.jobs.messages.checking import labels
from tests.jobs.messages.drawing import drawn, plainly

HELPS = [command.help for command in SUBCOMMANDS.values() if command.help]
TYPED = sorted(
    {
        typed
        for page in [help_message(HELPS), *map(help_with, HELPS)]
        for typed in re.findall(r"`/pulse ([^`]+)`", str(page["blocks"]))
    }
)


@pytest.mark.parametrize("typed", TYPED)
def test_every_command_of_the_help_is_read_as_it_stands(typed: str) -> None:
    """Whoever types what the help shows is understood."""
    read_as_typed(typed)


async def test_help_on_one_command(running: Running, company: Company) -> None:
    """By its name, by another word for it, by the name of a question, misspelt, or after the command."""
    expected = {
        "help": "Bifocal asks short questions",
        "?": "Bifocal asks short questions",
        "help ask": "Ask a channel now.",
        "HELP NPS": "Ask a channel now.",
        "ask help": "Ask a channel now.",
        "ask ?": "Ask a channel now.",
        "help digest": "The digest: customers beside users",
        "digest help": "The digest: customers beside users",
        "help /pulse score": "One score. /pulse score the newest score",
        "score --help": "One score. /pulse score the newest score",
        "help edit": "Change a repeated question.",
        "help delete": "End a repeated question for good.",
        "help survey": "There is no /pulse survey. The nearest is this. Ask a channel now.",
        "help scroe": "There is no /pulse scroe. The nearest is this. One score.",
        "help zzzz": "There is no /pulse zzzz. This is what there is. Bifocal asks",
        "example": "There is no /pulse example. Did you mean /pulse help?",
    }
    for words, begins in expected.items():
        answer = await running.type(company.people[0], company.channel, words)
        assert answer is not None
        assert answer.text.startswith(begins), words
    assert set(FORMS) | {"digest"} == {line.name for line in HELPS}
    assert not company.channel.messages


async def test_an_unknown_command_offers_the_nearest(running: Running, company: Company) -> None:
    """A button runs it with the words typed after it, where that posts and changes nothing at once."""
    person, channel = company.lead, company.channel
    said = await _said(running, company, "scroe")
    assert plainly({"text": said.text, "blocks": said.blocks}) == drawn("answer_unknown")
    said = await _said(running, company, "nps")
    assert plainly({"text": said.text, "blocks": said.blocks}) == drawn("answer_unknown_nps")
    buttons = {
        "scroe nps about Beacon": ["Run /pulse score nps about Be…", "Help"],
        "lst": ["Run /pulse list", "Help"],
        "feedback": ["Run /pulse comments", "Help"],
        "aks": ["Run /pulse ask", "Help"],
        "aks nps about Atlas": ["Help"],
        "puase 3": ["Help"],
        "stop 3": ["Help"],
        "clsoe 3": ["Help"],
        "digset off": ["Help"],
        "takdown 3": ["Run /pulse takedown 3", "Help"],
        "zzzz": ["Help"],
        "<!here>": ["Help"],
    }
    for words, expected in buttons.items():
        assert labels({"blocks": (await _said(running, company, words)).blocks}) == expected, words
    said = await _said(running, company, "aks nps #atlas about Atlas & Co")
    assert "Did you mean /pulse ask nps #atlas about Atlas &amp; Co?" in said.text
    said = await _said(running, company, "scroe nps about Beacon")
    await running.slack.click(person, said, "again")
    await running.bot.finish()
    assert "Beacon" in running.slack.ephemerals(person, channel)[-1].text
    assert not channel.messages


async def test_help_and_the_example_lead_on(running: Running, company: Company) -> None:
    """Help stands beside the nearest command; the example opens beside the help and leads to the form."""
    person, channel = company.lead, company.channel
    said = await _said(running, company, "zzzz")
    await running.slack.click(person, said, "help")
    await running.bot.finish()
    page = running.slack.ephemerals(person, channel)[-1]
    assert page.text.startswith("Bifocal asks")
    await running.slack.click(person, page, "example")
    await running.bot.finish()
    shown = running.slack.ephemerals(person, channel)
    assert [each.text[:7] for each in shown[-2:]] == ["Bifocal", "Example"]
    await running.slack.click(person, shown[-1], "digest")
    await running.bot.finish()
    assert running.slack.views(person)[-1].title == "Set up a digest"


async def _said(running: Running, company: Company, words: str) -> Message:
    answer = await running.type(company.lead, company.channel, words)
    assert answer is not None
    return answer

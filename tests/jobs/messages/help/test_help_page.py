"""Help is made from the table of commands."""

import pytest

from handlers.commands.command_table import SUBCOMMANDS
from jobs.messages.help.example_digest import example_digest
from jobs.messages.help.help_page import CommandHelp, Group, help_message, help_with
from jobs.messages.help.help_topics import FORMS, NOTES
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly


def row(group: Group, example: str, gloss: str) -> CommandHelp:
    """One line of the table."""
    return CommandHelp(group=group, example=example, gloss=gloss)


SHOWN = [
    row(Group.ASK, "ask nps about Atlas", "ask a channel now"),
    row(Group.ASK, "schedule", "repeat a question"),
    row(Group.ASK, "list", "what runs here; pause, close, change"),
    row(Group.READ, "score nps", "one score"),
    row(Group.READ, "contrast", "customers beside users"),
    row(Group.READ, "trend nps", "the last rounds"),
    row(Group.READ, "comments", "what people wrote (leads)"),
    row(Group.READ, "why nps", "how a score is made"),
    row(Group.YOU, "me", "what is kept of you"),
    row(Group.YOU, "forget", "erase it"),
    row(Group.MORE, "digest", "the weekly post"),
    row(Group.MORE, "products", "names: rename, merge, remove"),
    row(Group.MORE, "help", "the way, and what there is"),
]
HELPS = [command.help for command in SUBCOMMANDS.values() if command.help]


def test_help_is_as_it_was_drawn() -> None:
    """From the table comes the drawing; the digest stands first in it, so that one press is enough."""
    built = help_message(SHOWN)
    check(built)
    assert plainly(built) == drawn("answer_help")


def test_the_lines_of_the_table_are_those_of_the_drawing() -> None:
    """What each command does is said in the words that were drawn."""
    text = help_message(HELPS)["text"]
    assert all(f"/pulse {line.name} {line.gloss}." in text for line in SHOWN if line.group is not Group.MORE)


def test_a_group_without_commands_is_not_there() -> None:
    """A group without a command has no heading."""
    built = help_message([row(Group.YOU, "me", "what is kept of you")])
    check(built)
    assert "Read" not in str(built)
    assert "For you. /pulse me what is kept of you." in built["text"]


def test_what_is_no_command_is_said_above_the_help() -> None:
    """The page of all commands says that there is no such one."""
    built = help_message(HELPS, unknown="<!here> `rm`" + "x" * 3000)
    check(built)
    assert built["text"].startswith("There is no /pulse &lt;!here&gt; 'rm'xxx")
    assert len(built["blocks"][0]["text"]["text"]) < 120


@pytest.mark.parametrize("line", HELPS, ids=lambda line: line.name)
def test_each_command_has_a_page_with_its_forms(line: CommandHelp) -> None:
    """Each form stands on it as it is typed, with what it does; what is misspelt is said above it."""
    built = help_with(line)
    check(built)
    for typed, does in FORMS.get(line.name, ()):
        assert f"`/pulse {typed}` {does}" in str(built["blocks"])
        assert f"/pulse {typed} {does}" in built["text"].replace("&gt;", ">")
    near = help_with(line, unknown="scroe")
    check(near)
    assert near["text"] == f"There is no /pulse scroe. The nearest is this. {built['text']}"


def test_every_command_has_forms_and_every_form_a_command() -> None:
    """No page is missing, and none is of a command that there is not."""
    assert {line.name for line in HELPS} - {"digest"} == set(FORMS)
    assert set(NOTES) <= set(FORMS)


def test_asking_is_told_a_line_a_question() -> None:
    """All six questions, how a question ends, where its words stand; a button leads to the form."""
    built = help_with(SHOWN[0])
    shown = str(built["blocks"])
    for key in ("nps", "csat", "ces", "umux_lite", "sus", "seq"):
        assert f"`/pulse ask {key} about Atlas" in shown
    assert "Add `until fri 17:00` for another end; without it: Friday before the next digest." in shown
    assert labels(built) == ["Ask this channel"]


def test_the_digest_is_told_with_how_to_join_channels() -> None:
    """It answers how two channels are joined and how many people it takes."""
    built = help_with(SHOWN[10])
    assert "*How do I join two channels?*" in str(built["blocks"])
    assert "*How many people?*" in str(built["blocks"])
    assert labels(built) == ["Set up a digest", "See an example"]


def test_the_example_is_as_it_was_drawn() -> None:
    """What makes the real digests makes the drawing, from invented figures."""
    built = example_digest()
    check(built)
    assert plainly(built) == drawn("example")

"""Help is made from the table of commands."""

from jobs.messages.lead.help_page import CommandHelp, Group, help_message
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly


def row(group: Group, example: str, gloss: str = "") -> CommandHelp:
    """One line of the table."""
    return CommandHelp(group=group, example=example, gloss=gloss)


FINISHED = [
    row(Group.ASK, "ask nps about Atlas", "here, now"),
    row(Group.ASK, "schedule", "regularly"),
    row(Group.ASK, "list", "what runs here"),
    row(Group.ASK, "pause 3"),
    row(Group.ASK, "resume 3"),
    row(Group.ASK, "close 3"),
    row(Group.READ, "contrast", "both sides"),
    row(Group.READ, "score nps", "one score"),
    row(Group.READ, "trend nps", "the same over time"),
    row(Group.READ, "comments", "what people wrote"),
    row(Group.READ, "why", "how a figure was made"),
    row(Group.READ, "digest", "the weekly post"),
    row(Group.READ, "export", "a file, to you only"),
    row(Group.YOU, "me", "what is kept of you"),
    row(Group.YOU, "mute", "no reminders"),
    row(Group.YOU, "forget", "erase your answers"),
]


def test_help_is_as_it_was_drawn() -> None:
    """From the table of the finished product comes the drawing, to the letter."""
    built = help_message(FINISHED)
    check(built)
    assert plainly(built) == drawn("answer_help")


def test_a_group_without_commands_is_not_there() -> None:
    """A group without a command has no heading."""
    built = help_message([row(Group.YOU, "me", "what is kept of you")])
    check(built)
    assert "To ask" not in str(built)
    assert "For you: /pulse me: what is kept of you." in built["text"]

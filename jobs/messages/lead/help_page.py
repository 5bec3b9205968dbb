"""What Bifocal is and what can be typed, made from the table of commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message, actions, button, message, section
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, in_both_voices

PREFIX = "/pulse "
_WHAT = (
    "asks short standard questions in a channel and sets two things side by side: "
    "being a customer (CX) and using the product (UX)."
)


class Group(StrEnum):
    """What a command is for, in the order in which people read it."""

    ASK = "To ask"
    READ = "To read"
    YOU = "For you"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandHelp:
    """One command: an example that works as typed after `/pulse`, and what it does in at most six words.

    Commands without an explanation (`gloss`) that follow each other share a line.
    """

    group: Group
    example: str
    gloss: str = ""


def help_message(commands: Sequence[CommandHelp]) -> Message:
    """What it is, every command by group, and the way to a first question."""
    intro_aloud, intro = in_both_voices(lambda voice: f"{voice.bold('Bifocal')} {_WHAT}")
    groups = [[command for command in commands if command.group is group] for group in Group]
    said = [(_group(SPEECH, each), _group(MRKDWN, each)) for each in groups if each]
    return message(
        " ".join([intro_aloud, *(aloud for aloud, _ in said), "Button: Ask this channel."]),
        section(intro),
        *(section(shown) for _, shown in said),
        actions(ids.HELP_BLOCK, button("Ask this channel", ids.ASK)),
    )


def _group(voice: Voice, commands: Sequence[CommandHelp]) -> str:
    """A group's name and its commands, one a line; those without a gloss share one."""
    lines = [_line(voice, run) for run in _runs(commands)]
    head = commands[0].group
    return f"{head}: {' '.join(lines)}" if voice.aloud else voice.lines(voice.bold(head), *lines)


def _runs(commands: Sequence[CommandHelp]) -> list[list[CommandHelp]]:
    runs: list[list[CommandHelp]] = []
    for command in commands:
        if runs and not command.gloss and not runs[-1][0].gloss:
            runs[-1].append(command)
        else:
            runs.append([command])
    return runs


def _line(voice: Voice, run: Sequence[CommandHelp]) -> str:
    first, *others = run
    typed = [voice.code(PREFIX + first.example), *(voice.code(other.example) for other in others)]
    if voice.aloud:
        return f"{', '.join(typed)}{f': {first.gloss}' if first.gloss else ''}."
    return "  ".join(filter(None, [*typed, first.gloss]))

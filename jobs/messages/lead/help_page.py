"""What Bifocal is and what can be typed, made from the table of commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import Message, actions, button, message, named_buttons, section
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, in_both_voices

PREFIX = "/pulse "
BUTTONS = (button("Ask this channel", ids.ASK), button("Set up a digest", digest_ids.SET_UP))
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
        " ".join([intro_aloud, *(aloud for aloud, _ in said), named_buttons(BUTTONS)]),
        section(intro),
        *(section(shown) for _, shown in said),
        actions(ids.HELP_BLOCK, *BUTTONS),
    )


def help_with_digests() -> Message:
    """How a digest is set up, shown and ended, how two channels are joined, and how many people it takes."""
    said = [in_both_voices(say) for say in (_digest_is, _digest_commands, _digest_joins, _digest_people)]
    row = [BUTTONS[1]]
    return message(
        " ".join([*(aloud for aloud, _ in said), named_buttons(row)]),
        *(section(shown) for _, shown in said),
        actions(ids.HELP_BLOCK, *row),
    )


def _digest_is(voice: Voice) -> str:
    head = voice.bold("The digest: customers beside users, once a week")
    stop = "." if voice.aloud else ""
    return voice.lines(f"{head}{stop}", "It joins channels that are asked about the same product.")


def _digest_commands(voice: Voice) -> str:
    order = "/pulse digest Atlas from #customers #users"
    lines = (
        (order, "shows it, and sets it up in this channel, Mondays 09:00"),
        (f"{order} monthly 1 09:00 Europe/Berlin", "another rhythm"),
        ("/pulse digest preview", "only to you"),
        ("/pulse digest now", "posts it at once"),
        ("/pulse digest off", "ends it, and says what starts it again"),
    )
    stop = "." if voice.aloud else ""
    return voice.lines(*(f"{voice.code(typed)} {does}{stop}" for typed, does in lines))


def _digest_joins(voice: Voice) -> str:
    return (
        f"{voice.bold('How do I join two channels?')} Ask in both about the same name, "
        f"then name both after {voice.code('from')}, or choose them in the form."
    )


def _digest_people(voice: Voice) -> str:
    return (
        f"{voice.bold('How many people?')} 10 answers on each side for a score, about 20 for a change. "
        "In a channel of fewer than 12 people, 5 for a word."
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

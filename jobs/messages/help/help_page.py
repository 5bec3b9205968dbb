"""What Bifocal is and what can be typed, made from the table of commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from jobs.messages.help.help_topics import FORMS, NOTES, Forms
from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    named_buttons,
    section,
)
from jobs.messages.layout.did_you_mean import LONGEST_TYPED
from jobs.messages.wording.escaping import one_line
from jobs.messages.wording.voice import Voice, capital, in_both_voices, spoken

PREFIX = "/pulse "
ASK = button("Ask this channel", ids.ASK)
DIGEST = button("Set up a digest", digest_ids.SET_UP)
EXAMPLE = button("See an example", ids.EXAMPLE)
_WHAT = (
    "asks short questions in channels. On Mondays it shows two things side by side: "
    "how happy your customers are, and how easy your product is to use."
)
_STEPS = (
    ("1. In your team’s channel", "digest Atlas from #customers #users", ", then press Set it up"),
    ("2. In the customers’ channel", "ask nps about Atlas", ""),
    ("3. In the users’ channel", "ask umux_lite about Atlas", ""),
)
_MORE = "More on one: `/pulse help ask`, `/pulse help digest`. Only you see this."
_ALL = "All commands: `/pulse help`. Only you see this."
_DIGEST = "digest Atlas from #customers #users"
_DIGEST_FORMS = (
    (_DIGEST, "shows it, and sets it up in this channel, Mondays 09:00"),
    (f"{_DIGEST} monthly 1 09:00 Europe/Berlin", "another rhythm"),
    ("digest preview", "only to you"),
    ("digest now", "posts it at once"),
    ("digest off", "ends it, and says what starts it again"),
)


class Group(StrEnum):
    """What a command is for, in the order in which people read it."""

    ASK = "Ask"
    READ = "Read"
    YOU = "For you"
    MORE = "More"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandHelp:
    """One command: an example that works as typed after `/pulse`, and what it does in at most seven words.

    Those of the group MORE share a line on the page of all commands.
    """

    group: Group
    example: str
    gloss: str

    @property
    def name(self) -> str:
        """The command itself."""
        return self.example.partition(" ")[0]


def help_message(commands: Sequence[CommandHelp], *, unknown: str = "") -> Message:
    """What it is, the way from nothing to a digest, every command by group.

    `unknown` is what was typed, where it is no command and near to none.
    """
    groups = [[command for command in commands if command.group is group] for group in Group]
    says: list[Callable[[Voice], str]] = [lambda voice: f"{voice.bold('Bifocal')} {_WHAT}", _steps]
    if unknown:
        says.insert(0, lambda voice: f"{_no_command(voice, unknown)} This is what there is.")
    said = [in_both_voices(say) for say in says]
    listed = [in_both_voices(partial(_group, commands=each)) for each in groups if each]
    row = [ASK, DIGEST, EXAMPLE]
    return message(
        " ".join([*(aloud for aloud, _ in [*said, *listed]), spoken(_MORE), named_buttons(row)]),
        *(section(shown) for _, shown in said),
        actions(ids.HELP_BLOCK, *row),
        *(section(shown) for _, shown in listed),
        context(_MORE),
    )


def help_with(command: CommandHelp, *, unknown: str = "") -> Message:
    """The forms of one command; `unknown` is what was typed, where this is only the nearest to it."""
    if command.name == "digest":
        return help_with_digests(unknown=unknown)
    if command.name == "ask":
        return _page([_asking, _subject], [ASK], unknown)
    forms = FORMS.get(command.name, [(command.example, command.gloss)])

    def say(voice: Voice) -> str:
        return voice.lines(_head(voice, capital(command.gloss)), *_lines(voice, forms))

    note = NOTES.get(command.name, "")
    return _page([say, lambda voice: spoken(note) if voice.aloud else note], [], unknown, small=_ALL)


def help_with_digests(*, unknown: str = "") -> Message:
    """How a digest is set up, shown and ended, how two channels are joined, and how many people it takes."""
    return _page([_digest_is, _digest_commands, _digest_joins, _digest_people], [DIGEST, EXAMPLE], unknown)


def _page(
    says: Sequence[Callable[[Voice], str]], row: Sequence[Block], unknown: str, *, small: str = ""
) -> Message:
    parts = list(says)
    if unknown:
        parts.insert(0, lambda voice: f"{_no_command(voice, unknown)} The nearest is this.")
    said = [each for each in map(in_both_voices, parts) if each[0]]
    aloud = [*(each for each, _ in said), spoken(small), named_buttons(row)]
    return message(
        " ".join(filter(None, aloud)),
        *(section(shown) for _, shown in said),
        *([context(small)] if small else []),
        *([actions(ids.HELP_BLOCK, *row)] if row else []),
    )


def _no_command(voice: Voice, typed: str) -> str:
    return f"There is no {voice.code(PREFIX + one_line(typed, LONGEST_TYPED))}."


def _head(voice: Voice, title: str) -> str:
    return f"{voice.bold(title)}{'.' if voice.aloud else ''}"


def _lines(voice: Voice, forms: Forms) -> list[str]:
    """Commands to type, each with what it does, as lines or as sentences."""
    said = [f"{voice.code(PREFIX + typed)} {does}" for typed, does in forms]
    return [f"{line}{'' if line.endswith('?') else '.'}" for line in said] if voice.aloud else said


def _steps(voice: Voice) -> str:
    """The digest comes first: its button is the only press, and it makes the product's name known."""
    stop = "." if voice.aloud else ""
    return voice.lines(
        _head(voice, "From nothing to a digest"),
        *(f"{where}: {voice.code(PREFIX + typed)}{then}{stop}" for where, typed, then in _STEPS),
        "Same name, Atlas, in all three: that joins the channels.",
    )


def _asking(voice: Voice) -> str:
    return voice.lines(
        _head(voice, "Ask a channel now"),
        *_lines(voice, FORMS["ask"]),
        f"Add {voice.code('until fri 17:00')} for another end; without it: Friday before the next digest.",
    )


def _subject(_: Voice) -> str:
    return "After the product’s name and a colon come the words of the question."


def _digest_is(voice: Voice) -> str:
    head = _head(voice, "The digest: customers beside users, once a week")
    return voice.lines(head, "It joins channels that are asked about the same product.")


def _digest_commands(voice: Voice) -> str:
    return voice.lines(*_lines(voice, _DIGEST_FORMS))


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
    """A group's name and its commands, one a line; those of the last group share one."""
    head = _head(voice, commands[0].group)
    if commands[0].group is Group.MORE:
        return voice.lines(head, f"{', '.join(voice.code(PREFIX + each.example) for each in commands)}.")
    return voice.lines(head, *_lines(voice, [(each.name, each.gloss) for each in commands]))

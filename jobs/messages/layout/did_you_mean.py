"""A name or a command that is not known, with buttons for those that may be meant."""

import re
from collections.abc import Sequence

from jobs.instruments import Instrument, find
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message, actions, button, message, named_buttons, section
from jobs.messages.wording.escaping import one_line, typed_name
from jobs.messages.wording.naming_words import ABOUT_WHAT, MOST_LISTED, MOST_MEANT, nothing_about
from jobs.messages.wording.voice import Voice, in_both_voices

LONGEST_LABEL = 30
LONGEST_TYPED = 40
LONGEST_VALUE = 1_500  # of a command that a button carries; Slack takes 2,000
NO_CHANGE = "Nothing was changed."
_FIGURES = {"score": "Score of", "trend": "Trend of", "contrast": "Contrast of"}
_PLAIN = re.compile(r"[^\W\d_]+(?: [A-Z]\w*)*")


def unknown_product(typed: str, name: str, near: Sequence[str], *, command: str, meant: bool) -> Message:
    """Nothing is known of `name` here; each button runs what was typed after `command` with another name."""
    shown = near[: MOST_MEANT if meant else MOST_LISTED]
    one = meant and len(shown) == 1
    row = [
        button(
            _label(command if meant else "", each),
            "again" if one else f"again/{place}",
            value=f"{command} {with_name(typed, name, each)}",
        )
        for place, each in enumerate(shown, 1)
    ]
    aloud, text = in_both_voices(lambda voice: nothing_about(name, near, meant=meant, voice=voice))
    return message(f"{aloud} {named_buttons(row)}", section(text), actions(ids.MEANT_BLOCK, *row))


def unknown_command(typed: str, near: str = "", *, runs: str = "", about: str = "") -> Message:
    """There is no such subcommand; `near` is the command that was probably meant, with the words typed after.

    A button runs `runs`, the same as Slack sends it: given for what changes and posts nothing at once.
    `about` is a name that was typed after a question.
    """
    instrument = find(typed)
    aloud, shown = in_both_voices(lambda voice: _no_command(voice, typed, near, instrument, about))
    help_ = [] if instrument else [button("Help", ids.HELP)]
    run = button(one_line(f"Run /pulse {near}", LONGEST_LABEL), ids.RUN, value=runs)
    row = [run, *help_] if runs and len(runs) <= LONGEST_VALUE else help_
    buttons = [actions(ids.MEANT_BLOCK, *row)] if row else []
    return message(" ".join(filter(None, [aloud, named_buttons(row)])), section(shown), *buttons)


def _no_command(voice: Voice, typed: str, near: str, instrument: Instrument | None, about: str) -> str:
    none = f"There is no {voice.code(f'/pulse {one_line(typed, LONGEST_TYPED)}')}."
    if instrument:
        name = typed_name(about or "Atlas")
        words = ABOUT_WHAT.get(instrument.key, "").replace("Atlas", about or "Atlas")
        ask = voice.code(f"/pulse ask {instrument.key} about {name}{words}")
        read = voice.code(f"/pulse score {instrument.key}{f' about {name}' if about else ''}")
        return f"{none} To ask: {ask}. To read: {read}. {NO_CHANGE}"
    meant = f" Did you mean {voice.code(f'/pulse {near}')}?" if near else ""
    return f"{none}{meant} {NO_CHANGE}"


def with_name(typed: str, name: str, other: str) -> str:
    """What was typed about one product, about another one."""
    named = other if _PLAIN.fullmatch(other) else f'"{other.replace(chr(34), "")}"'
    before, found, after = typed.rpartition(name)
    if found and not (before[-1:].isalnum() or after[:1].isalnum()):
        return f"{before.rstrip(_QUOTES)}{named}{after.lstrip(_QUOTES)}".strip()
    head, _, _ = typed.partition(" about ")
    return f"{'' if head.startswith('about ') else head} about {named}".strip()


_QUOTES = "\"'`“”„‟«»‹›‘’"


def _label(command: str, name: str) -> str:
    return one_line(f"{_FIGURES.get(command, '')} {name}".strip(), LONGEST_LABEL)

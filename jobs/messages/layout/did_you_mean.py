"""A name or a command that is not known, with buttons for those that may be meant."""

import re
from collections.abc import Sequence

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message, actions, button, message, named_buttons, section
from jobs.messages.wording.escaping import one_line
from jobs.messages.wording.naming_words import MOST_LISTED, MOST_MEANT, nothing_about
from jobs.messages.wording.voice import in_both_voices

LONGEST_LABEL = 30
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

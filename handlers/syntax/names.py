"""The instrument that people name in a command, and the number by which they know a pulse."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import Word, joined, split
from jobs.cadence import quoted
from jobs.instruments import INSTRUMENTS, find

_NUMBER = re.compile(r"(?:pulse\s)?#?(\d{1,9})", re.ASCII)


def one_instrument(words: Sequence[Word], form: str) -> str:
    """The key of the instrument that the words name; each of them has to belong to its name.

    Raises CommandSyntaxError, which offers the nearest name.
    """
    if not words:
        raise CommandSyntaxError(f"Say which question: {_known('or')}.", form)
    if instrument := find(joined(words)):
        return instrument.key
    for count in range(len(words) - 1, 0, -1):
        if instrument := find(joined(words[:count])):
            raise CommandSyntaxError(f'{quoted(joined(words[count:]))} needs "about" before it.', form)
    typed = joined(words)
    near = get_close_matches(typed.casefold()[:40], list(INSTRUMENTS), n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Those are {_known('and')}."
    raise CommandSyntaxError(f"{quoted(typed)} is not a question of Bifocal. {hint}", form)


def read_number(text: str, command: str) -> int:
    """The pulse meant by "7", "#7" or "pulse 7" after `/pulse {command}`, from 1.

    Raises CommandSyntaxError.
    """
    typed = joined(split(text))
    found = _NUMBER.fullmatch(typed.strip(",;.").casefold())
    if found and int(found[1]):
        return int(found[1])
    problem = f"{quoted(typed)} is not the number of a pulse." if typed else "Say the number of a pulse."
    raise CommandSyntaxError(problem, f"/pulse {command} 7")


def _known(before_last: str) -> str:
    *first, last = INSTRUMENTS
    return f"{', '.join(first)} {before_last} {last}" if first else last

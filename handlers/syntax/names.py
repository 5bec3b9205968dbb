"""The instrument that people name in a command."""

from collections.abc import Sequence
from difflib import get_close_matches

from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import Word, joined
from jobs.cadence import quoted
from jobs.instruments import INSTRUMENTS, find


def one_instrument(words: Sequence[Word], form: str) -> str:
    """The key of the instrument that the words name, all of them.

    Raises CommandSyntaxError with the nearest.
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


def _known(before_last: str) -> str:
    *first, last = INSTRUMENTS
    return f"{', '.join(first)} {before_last} {last}" if first else last

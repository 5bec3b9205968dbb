"""The number by which people know a pulse."""

import re

from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import joined, split
from jobs.cadence import quoted

_NUMBER = re.compile(r"(?:pulse\s)?#?(\d{1,9})", re.ASCII)


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

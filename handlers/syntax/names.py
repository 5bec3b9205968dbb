"""The instrument that people name in a command, and the number by which they know a pulse."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from handlers.syntax.product_name import read_subject
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, split
from jobs.cadence import quoted
from jobs.instruments import INSTRUMENTS, find

_LEADS = "/pulse leads 3 add @name"
_ADD, _REMOVE = (
    frozenset({"add", "plus", "with", "invite"}),
    frozenset({"remove", "delete", "drop", "without"}),
)
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
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
    hint = f"Did you mean {near[0]}?" if near else f"Choose {_known('or')}."
    raise CommandSyntaxError(f"There is no question {quoted(typed)}. {hint}", form)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadsWords:
    """Whose leads: of a question by its `number`, or of the digest about a `product`; None is not said.

    `user_id` is who is added or removed, None where they are only to be shown.
    """

    number: int | None = None
    product: str | None = None
    user_id: str | None = None
    add: bool = True


def read_leads(text: str) -> LeadsWords:
    """The words after `/pulse leads`; raises CommandSyntaxError."""
    people = _PERSON.findall(text)
    words = [word for word in split(_PERSON.sub(" ", text)) if word.key not in {"digest", "pulse", "about"}]
    does = [word for word in words if word.key in _ADD | _REMOVE]
    name = joined(word for word in words if word not in does)
    if len(people) > 1:
        raise CommandSyntaxError("One person at a time.", _LEADS)
    if does and not people:
        raise CommandSyntaxError("Say who, with the @ before the name.", _LEADS)
    if people and not does:
        raise CommandSyntaxError("Say whether to add or to remove them.", _LEADS)
    add = not does or does[0].key in _ADD
    user_id = people[0] if people else None
    if name.removeprefix("#").isdecimal():
        return LeadsWords(number=read_number(name, "leads"), user_id=user_id, add=add)
    if not name:
        return LeadsWords(user_id=user_id, add=add)
    with form(_LEADS):
        return LeadsWords(product=read_subject(name), user_id=user_id, add=add)


def _known(before_last: str) -> str:
    *first, last = INSTRUMENTS
    return f"{', '.join(first)} {before_last} {last}" if first else last

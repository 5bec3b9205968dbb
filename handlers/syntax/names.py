"""The instrument that people name in a command, and the number by which they know a pulse."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from handlers.syntax.product_name import InvalidName, read_product, read_subject, spoken_name
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, as_seen, joined, split, without_marks
from jobs.cadence import quoted
from jobs.instruments import INSTRUMENTS, find
from jobs.messages.wording.escaping import typed_name

_ABOUT = frozenset({"about", "for", "of", "on"})
_ADD, _REMOVE = (
    frozenset({"add", "plus", "with", "invite", "+"}),
    frozenset({"remove", "delete", "drop", "without", "-"}),
)
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_NUMBER = re.compile(r"(?:(?:pulse|question|number|num|nr|no)\b\.?\s?)*#?(\d{1,9})", re.ASCII)
_NUMBERS = re.compile(r"#?(\d{1,9})(?:(?:\s*(?:,|&|\+|and)\s*|\s+)#?\d{1,9})+", re.ASCII)
_OF_DIGEST = {"resume": "on", "change": "edit", "edit": "edit"}
_BESIDE = frozenset({"digest", "pulse", "question", "about", "to", "from", "of", "for"})


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
            nearest = form.replace(" nps ", f" {instrument.key} ")
            raise CommandSyntaxError(f'{quoted(joined(words[count:]))} needs "about" before it.', nearest)
    typed = joined(words)
    near = get_close_matches(typed.casefold()[:40], list(INSTRUMENTS), n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Choose {_known('or')}."
    raise CommandSyntaxError(f"There is no question {quoted(typed)}. {hint}", form)


def read_number(text: str, command: str) -> int:
    """The pulse meant by "7", "#7" or "pulse 7" after `/pulse {command}`, from 1.

    Raises CommandSyntaxError.
    """
    typed = joined(split(text))
    found = _NUMBER.fullmatch(typed.strip(",;.()[]").casefold())
    if found and int(found[1]):
        return int(found[1])
    if several := _NUMBERS.fullmatch(typed.casefold()):
        raise CommandSyntaxError("One question at a time.", f"/pulse {command} {several[1]}")
    if typed.casefold().split()[:1] == ["digest"]:
        right = f"/pulse digest {_OF_DIGEST.get(command, 'off')}"
        raise CommandSyntaxError("A digest has a command of its own.", right)
    say = f"Say the number of a question after {command}; the list has them."
    raise CommandSyntaxError(
        f"{quoted(typed)} is not the number of a question." if typed else say, "/pulse list"
    )


def name_after(text: str) -> str:
    """The name in what was typed after a question, as in "csat for Borea"; empty where there is none."""
    words = split(text)
    try:
        return read_product(spoken_name(words[1:] if words and words[0].key in _ABOUT else words))
    except InvalidName:
        return ""


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
    words = [
        word
        for word in split(_PERSON.sub(" ", text))
        if word.key not in _BESIDE or (word.key in {"to", "from", "of", "for"} and word.text[:1].isupper())
    ]
    does = [word for word in words if word.key in _ADD | _REMOVE]
    name = joined(word for word in words if word not in does)
    whose = next((f" {word.key.lstrip('#')}" for word in words if word.key.lstrip("#").isdecimal()), "")
    if not people and (does or any(word.key.startswith("@") for word in words if not word.quoted)):
        said = "Say who: type @ and choose the person from the names that Slack shows."
        raise CommandSyntaxError(said, f"/pulse leads{whose}" if whose else "/pulse list")
    if len(people) > 1 or (people and not does):
        person = as_seen(found[0]) if (found := _PERSON.search(text)) else "@name"
        verb = "remove" if does and does[0].key in _REMOVE else "add"
        said = "One person at a time." if len(people) > 1 else "Say whether to add or to remove them."
        named = whose or (f" {typed_name(name)}" if name and does else "")
        raise CommandSyntaxError(said, f"/pulse leads{named} {verb} {person}")
    add = not does or does[0].key in _ADD
    user_id = people[0] if people else None
    if name.removeprefix("#").isdecimal():
        return LeadsWords(number=read_number(name, "leads"), user_id=user_id, add=add)
    if not name:
        return LeadsWords(user_id=user_id, add=add)
    with form("/pulse leads Atlas"):
        return LeadsWords(product=read_subject(name), user_id=user_id, add=add)


def _known(before_last: str) -> str:
    *first, last = INSTRUMENTS
    return f"{', '.join(first)} {before_last} {last}" if first else last


RENAME, MERGE, REMOVE = (
    "/pulse products rename Altas to Atlas",
    "/pulse products merge Altas into Atlas",
    "/pulse products remove Altas",
)
WHOLE, PART = "/pulse products whole Northwind", "/pulse products part Northwind"

MOST_PAGES = 9_999


class ProductVerb(StrEnum):
    """What is wanted."""

    LIST = "list"
    RENAME = "rename"
    MERGE = "merge"
    REMOVE = "remove"
    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductWords:
    """What is wanted of which product. `other` is the new name or the product that stays."""

    verb: ProductVerb
    product: str = ""
    other: str = ""
    page: int = 1


_VERBS = {
    **dict.fromkeys(("", "list", "show", "all", "page"), ProductVerb.LIST),
    **dict.fromkeys(("rename", "change", "call"), ProductVerb.RENAME),
    **dict.fromkeys(("merge", "join", "combine"), ProductVerb.MERGE),
    **dict.fromkeys(("remove", "delete", "erase", "drop"), ProductVerb.REMOVE),
    **dict.fromkeys(("whole", "organisation", "organization", "company"), ProductVerb.WHOLE),
    "part": ProductVerb.PART,
}
_AROUND = frozenset({"is", "as", "the", "a", "our", "make", "mark", "set"})
_OF_ONE = {ProductVerb.REMOVE: REMOVE, ProductVerb.WHOLE: WHOLE, ProductVerb.PART: PART}
_BETWEEN = {
    ProductVerb.RENAME: (frozenset({"to", "as", "into"}), "to", RENAME),
    ProductVerb.MERGE: (frozenset({"into", "with", "to", "in"}), "into", MERGE),
}


def read_products(text: str) -> ProductWords:
    """The words after `/pulse products`; raises CommandSyntaxError.

    A name that is to be changed may be any, also a word of `/pulse` that an older version took for a name.
    """
    words = without_marks(split(text))
    first = words[0].key if words else ""
    verb = ProductVerb.LIST if _page(words) else _VERBS.get(first)
    if verb is None:
        verbs = "rename, merge, remove, whole and part"
        known = f"/pulse products knows the words {verbs}, not {quoted(joined(words))}."
        raise CommandSyntaxError(known, _verb_last(words) or "/pulse products")
    if verb is ProductVerb.LIST:
        rest = words[1:] if first and not first.isdecimal() else words
        if rest and not _page(rest):
            raise CommandSyntaxError(f"{quoted(joined(rest))} is not a page.", "/pulse products 2")
        return ProductWords(verb=verb, page=_page(rest) or 1)
    if verb in _OF_ONE:
        return ProductWords(verb=verb, product=_old(words[1:], _OF_ONE[verb]))
    return _two(verb, words[1:])


def _verb_last(words: Sequence[Word]) -> str | None:
    """The right form of "Northwind is the whole" and "Altas remove"; None for what has no verb at its end."""
    verb = _VERBS.get(words[-1].key)
    name = spoken_name([word for word in words[:-1] if word.key not in _AROUND])
    return f"/pulse products {verb} {typed_name(name)}" if verb in _OF_ONE and name else None


def _two(verb: ProductVerb, words: Sequence[Word]) -> ProductWords:
    between, said, nearest = _BETWEEN[verb]
    places = [place for place, word in enumerate(words) if word.key in between]
    inside = [place for place in places if 0 < place < len(words) - 1]
    if not inside:
        raise CommandSyntaxError(f'Say both names, with "{said}" between them.', nearest)
    if len(inside) > 1:
        exact = [place for place in inside if words[place].key == said]
        if len(exact) != 1:
            raise CommandSyntaxError("Put each name in quotation marks.", _in_quotes(nearest))
        inside = exact
    product, other = _old(words[: inside[0]], nearest), words[inside[0] + 1 :]
    if verb is ProductVerb.MERGE:
        return ProductWords(verb=verb, product=product, other=_old(other, nearest))
    with form(nearest):
        return ProductWords(verb=verb, product=product, other=read_product(spoken_name(other)))


def _in_quotes(nearest: str) -> str:
    return nearest.replace("Altas", '"Altas"').replace("Atlas", '"Atlas"')


def _old(words: Sequence[Word], nearest: str) -> str:
    name = spoken_name(words) or joined(words)
    if not name:
        raise CommandSyntaxError("Say which product.", nearest)
    with form(nearest):
        return read_subject(name)


def _page(words: Sequence[Word]) -> int | None:
    typed = words[0].key if len(words) == 1 else ""
    return int(typed) if typed.isascii() and typed.isdecimal() and 0 < int(typed) <= MOST_PAGES else None

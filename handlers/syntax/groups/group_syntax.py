"""`/pulse group eu = #buyers-eu #users-eu`, and what else is done with groups of channels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.syntax.clauses import refuse_plain_channel
from handlers.syntax.product_name import POLITE, RESERVED, InvalidName
from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import Word, joined, split, without_marks
from storage.records.name_folding import fold, shown

LONGEST_GROUP = 30  # characters
MOST_NAMED = 6  # channels in a sentence
_GROUP = re.compile(rf"[^\W_][\w.&+-]{{0,{LONGEST_GROUP - 1}}}")
FORM = "/pulse group eu = #buyers-eu #users-eu"
LIST = "/pulse group list"


class GroupVerb(StrEnum):
    """What is wanted of a group."""

    LIST = "list"
    SHOW = "show"
    SET = "set"
    ADD = "add"
    DROP = "drop"
    REMOVE = "remove"


_VERBS = {
    **dict.fromkeys(("list", "show", "all", "ls"), GroupVerb.LIST),
    **dict.fromkeys(("set", "new", "create", "make", "change", "edit"), GroupVerb.SET),
    **dict.fromkeys(("add", "plus"), GroupVerb.ADD),
    **dict.fromkeys(("remove", "delete", "drop", "without", "minus"), GroupVerb.REMOVE),
}
_RENAME = frozenset({"rename", "call"})
_ENDS = ",;:.?"
_LITTLE = POLITE | {"and", "&", "+", "of", "from", "to", "the", "with", "channel", "channels", "group", "is"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWords:
    """What is wanted of which group; `others` are words that stand where channels do and are none."""

    verb: GroupVerb
    name: str = ""
    channels: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def read_group(text: str) -> GroupWords:
    """The words after `/pulse group`; raises CommandSyntaxError."""
    words = [word for word in without_marks(split(text.replace("=", " = "))) if word.key not in _LITTLE]
    is_named = [word.text for word in words[1:2]] == ["="]  # "all = #buyers #users"
    verbs = [word for word in words[:2] if word.key in _VERBS and not is_named][:1]
    verb = _VERBS[verbs[0].key] if verbs else None
    words = [word for word in words if word not in verbs]
    if not words or verb is GroupVerb.LIST:
        if verb not in {None, GroupVerb.LIST, GroupVerb.SET}:
            nearest = "/pulse group remove eu" if verb is GroupVerb.REMOVE else "/pulse group eu add #channel"
            raise CommandSyntaxError("Say which group.", nearest)
        return GroupWords(verb=GroupVerb.LIST) if not words else _shown(words)
    if words[0].key in _RENAME and len(words) > 1 and words[1].text != "=":
        nearest = f"/pulse group {_right_name(words[-1].text)} = #buyers-eu #users-eu"
        raise CommandSyntaxError("A group keeps its name: make the new one, remove the old one.", nearest)
    named, there = _parts(words)
    refuse_plain_channel(there, _nearest(named, there))
    name = _name(named, there)
    channels = tuple(dict.fromkeys(word.channel for word in there if word.channel))
    others = tuple(word.text for word in there if not word.channel and word.text != "=")
    if verb is GroupVerb.REMOVE and (channels or others):
        verb = GroupVerb.DROP
    if verb in {GroupVerb.ADD, GroupVerb.DROP} and not channels and not others:
        raise CommandSyntaxError("Say which channel.", f"/pulse group {name} {verb} #channel")
    if verb is None and not there:
        return GroupWords(verb=GroupVerb.SHOW, name=name)
    if verb in {None, GroupVerb.SET} and not channels and not others:
        raise CommandSyntaxError("Say which channels.", f"/pulse group {name} = #buyers-eu #users-eu")
    return GroupWords(verb=verb or GroupVerb.SET, name=name, channels=channels, others=others)


def _shown(words: Sequence[Word]) -> GroupWords:
    return GroupWords(verb=GroupVerb.SHOW, name=_name(words, ()))


def _parts(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """The words of the name, and those behind it; in "add #users to eu" the name comes last."""
    first = next(
        (at for at, word in enumerate(words) if word.channel or word.text[:1] in {"=", "#"}), len(words)
    )
    if first == 0 and not words[-1].channel:
        return words[-1:], words[:-1]
    return words[:first], words[first:]


def _name(words: Sequence[Word], there: Sequence[Word]) -> str:
    if not words:
        raise CommandSyntaxError("Say the name of the group first.", _nearest((), there))
    try:
        return read_group_name(joined(words).strip(_ENDS))
    except InvalidName as invalid:
        nearest = _nearest((Word(invalid.nearest or "eu"),), there)
        raise CommandSyntaxError(str(invalid), nearest) from None


def _nearest(named: Sequence[Word], there: Sequence[Word]) -> str:
    name = _right_name(named[0].text) if len(named) == 1 else "eu"
    channels = list(dict.fromkeys(word.text for word in there if word.channel)) or ["#buyers-eu"]
    channels += ["#users-eu"] if len(channels) == 1 else []
    return " ".join(["/pulse group", name, "=", *channels[:MOST_NAMED]])


def _right_name(typed: str) -> str:
    """What is left of a name without what no name has."""
    return re.sub(r"[^\w.-]", "", typed).lstrip("_.-")[:LONGEST_GROUP] or "eu"


def read_group_name(text: str) -> str:
    """A name that a group may have: one word of at most 30 characters. Raises InvalidName."""
    name = shown(text).strip()
    if len(name.split()) > 1:
        raise InvalidName("A group has a name of one word.", "-".join(name.split())[:LONGEST_GROUP])
    if len(name) > LONGEST_GROUP:
        raise InvalidName(f"A group's name has at most {LONGEST_GROUP} characters.", name[:LONGEST_GROUP])
    if not _GROUP.fullmatch(name):
        raise InvalidName("A group's name has letters, digits, dots and hyphens.", _right_name(name))
    if fold(name) in RESERVED or name.isdecimal():
        what = "a word of /pulse" if fold(name) in RESERVED else "a number"
        raise InvalidName(f'"{name}" is {what}; a group has a name of its own.', f"{name}-channels")
    return name

"""`/pulse digest Atlas from #buyers #users weekly mon 09:00 Europe/Berlin`, and `off`, `now`, `preview`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.syntax.clauses import MAIN, clauses, refuse_plain_channel
from handlers.syntax.product_name import read_subject
from handlers.syntax.schedule_syntax import read_schedule
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, split
from jobs.cadence import Cadence, quoted

_RHYTHM = frozenset({"weekly", "monthly", "quarterly", "biweekly", "fortnightly", "every", "cron", "daily"})
_AND = frozenset({"and", "&", "+", ""})


class DigestVerb(StrEnum):
    """What to do with the digest: `show` is a bare `/pulse digest`."""

    SHOW = "show"
    SET = "set"
    OFF = "off"
    NOW = "now"
    PREVIEW = "preview"


_VERBS = frozenset({DigestVerb.OFF, DigestVerb.NOW, DigestVerb.PREVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWords:
    """What to do with which digest; None, and no sources, is what was not said."""

    verb: DigestVerb
    product: str | None = None
    sources: tuple[str, ...] = ()
    cadence: Cadence | None = None
    zone: str | None = None


def read_digest(text: str, *, now: datetime, zone: str) -> DigestWords:
    """The words after `/pulse digest`; raises CommandSyntaxError.

    A name that holds a word such as "weekly" or "off" is written in quotes. Two weeks without a date are
    counted from today, by the clock of the zone that is named, else of `zone`.
    """
    words = split(text)
    if not words:
        return DigestWords(verb=DigestVerb.SHOW)
    if verb := _verb(words):
        return _with_product(verb, [word for word in words if word.key not in {verb, "about"}])
    said = clauses(words, _head, keep="when")
    cadence, named = read_schedule(said["when"], now=now, zone=zone) if "when" in said else (None, None)
    name = [*said[MAIN], *said.get("about", [])]
    return DigestWords(
        verb=DigestVerb.SET,
        product=_product(name) if name or "about" in said else None,
        sources=_sources(said["from"]) if "from" in said else (),
        cadence=cadence,
        zone=named,
    )


def _head(at: str, key: str, following: Word) -> str | None:
    if key == "from":
        # "every 2 weeks mon 09:00 from 2026-11-30" goes on; "from #buyers" is another clause.
        return None if at == "when" and following.key[:1].isdigit() else "from"
    if key in _RHYTHM and at != "when":
        return "when"
    return "about" if key == "about" else None


def _verb(words: list[Word]) -> DigestVerb | None:
    for word in (words[0], words[-1]):
        if word.key in _VERBS:
            return DigestVerb(word.key)
    return None


def _with_product(verb: DigestVerb, words: list[Word]) -> DigestWords:
    nearest = f"/pulse digest Atlas {verb}"
    for word in words:
        if word.channel or word.key in _RHYTHM or word.key in _VERBS or word.key == "from":
            raise CommandSyntaxError(f'"{verb}" stands alone or beside the name of a product.', nearest)
    with form(nearest):
        return DigestWords(verb=verb, product=read_subject(joined(words)) if words else None)


def _product(words: list[Word]) -> str:
    nearest = "/pulse digest Atlas weekly mon 09:00 Europe/Berlin"
    refuse_plain_channel(words, nearest)
    for word in words:
        if word.channel:
            raise CommandSyntaxError(
                'Channels to read from stand after "from".', "/pulse digest Atlas from #buyers #users"
            )
    with form(nearest):
        return read_subject(joined(words))


def _sources(words: list[Word]) -> tuple[str, ...]:
    nearest = "/pulse digest Atlas from #buyers #users"
    refuse_plain_channel(words, nearest)
    for word in words:
        if not word.channel and (word.quoted or word.key not in _AND):
            raise CommandSyntaxError(f"{quoted(word.text)} is not a channel that you can see here.", nearest)
    channels = tuple(dict.fromkeys(word.channel for word in words if word.channel))
    if not channels:
        raise CommandSyntaxError('Say which channels after "from".', nearest)
    return channels

"""`/pulse digest Atlas from #buyers #users weekly mon 09:00 Europe/Berlin`, and `off`, `now`, `preview`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handlers.syntax.clauses import MAIN, clauses, take_groups
from handlers.syntax.digests.digest_name import (
    COMMAND,
    is_question,
    only_name,
    product_name,
    refuse_rename,
    take_place,
)
from handlers.syntax.digests.digest_sources import change_of_sources, read_sources
from handlers.syntax.product_name import MARKS, RESERVED, read_subject, spoken_name
from handlers.syntax.schedule_start import looks_like_day, names_after, schedule_start, with_rhythm
from handlers.syntax.schedule_syntax import RHYTHM, read_schedule, refuse_end
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, split
from jobs.cadence import Cadence, looks_like_time, quoted
from jobs.messages.wording.escaping import typed_name
from storage.records.name_folding import fold

_POLITE = frozenset({"please", "pls", "thanks", "it", "this", "the", "my", "our", "digest", "turn", "switch"})
_BESIDE = frozenset({"all", "here", "up", "me", "to", "a", "one"})
_NO_TIMES = frozenset({"digest", "report", "summary", "please", "pls", "thanks"})


class DigestVerb(StrEnum):
    """What to do with the digest: `show` is a bare `/pulse digest`, `form` sets it by the form."""

    SHOW = "show"
    SET = "set"
    OFF = "off"
    START = "start"
    NOW = "now"
    PREVIEW = "preview"
    FORM = "form"
    HELP = "help"


_MEANT: dict[DigestVerb, str] = {
    DigestVerb.OFF: "off stop end delete remove cancel pause disable drop unset kill quit unsubscribe "
    "mute silence halt abort terminate rm erase destroy",
    DigestVerb.START: "on start resume restart unpause continue enable activate",
    DigestVerb.NOW: "now post send run publish",
    DigestVerb.PREVIEW: "preview test try",
    DigestVerb.SHOW: "show status list info view settings",
    DigestVerb.HELP: "help ? usage what how",
    DigestVerb.FORM: "set setup edit change update configure new create add make form",
}
_ACTS = frozenset({DigestVerb.OFF, DigestVerb.NOW, DigestVerb.START})
_ALONE = {
    word: verb
    for verb, said in {
        DigestVerb.SHOW: "ls see sources next skip never reset clear wipe ok okay",
        DigestVerb.PREVIEW: "again last latest current resend repost",
        DigestVerb.FORM: "config",
    }.items()
    for word in said.split()
}
"""Words that mean something only where nothing stands beside them, in small letters: others are names."""

VERBS = {word: verb for verb, said in _MEANT.items() for word in said.split()}
"""The words that say what to do, each with what it means. None of them is the name of a product."""


NO_NAMES = frozenset({*VERBS, *RHYTHM, "from", "about"})
"""The words of this command: none of them is the name of a product, in quotes or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWords:
    """What to do with which digest; None, and no sources, is what was not said.

    `groups` are names of groups, whose channels it reads. `added` and `dropped` are channels that it reads
    too, or no more; `place` is the channel where it is to be posted, as in "Atlas in #atlas".
    """

    verb: DigestVerb
    product: str | None = None
    sources: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    place: str | None = None
    groups: tuple[str, ...] = ()
    cadence: Cadence | None = None
    zone: str | None = None


def read_digest(text: str, *, now: datetime, zone: str) -> DigestWords:
    """The words after `/pulse digest`; raises CommandSyntaxError.

    A name that holds a word such as "weekly" or "off" is written in quotes. Two weeks without a date are
    counted from today, by the clock of the zone that is named, else of `zone`.
    """
    groups, words = take_groups(split(text))
    if not words:
        return DigestWords(verb=DigestVerb.SET if groups else DigestVerb.SHOW, groups=groups)
    if (changed := change_of_sources(words)) is not None:
        product, added, dropped = changed
        return DigestWords(verb=DigestVerb.SET, product=product, added=added, dropped=dropped)
    posted_in, words = take_place(words)
    read = _of_one(words, now=now, zone=zone)
    if groups and (read.verb in _ACTS | {DigestVerb.PREVIEW} or any(word.key == "add" for word in words)):
        nearest = f"{COMMAND} from group {groups[0]}"
        raise CommandSyntaxError("A group only says what a digest reads: say all of that.", nearest)
    return replace(read, place=posted_in, groups=groups, verb=DigestVerb.SET if groups else read.verb)


def _of_one(words: list[Word], *, now: datetime, zone: str) -> DigestWords:
    start = schedule_start(words)
    if is_question(words[:start]):
        return DigestWords(verb=DigestVerb.SHOW)
    if start == len(words):
        refuse_rename(words)
    if (alone := _alone(words)) is not None:
        return DigestWords(verb=alone)
    verb, typed, words = _verb(words)
    start = schedule_start(words)
    if verb is DigestVerb.FORM and (start < len(words) or any(word.channel for word in words)):
        verb = None  # "set Atlas weekly mon 09:00" says it all
    if verb:
        return _with_product(verb, typed, words)
    said = clauses(words[:start], _head)
    late = clauses(with_rhythm(words[start:]), _late_head)
    when = [word for word in late.pop(MAIN) if word.key not in _NO_TIMES]
    said.update({part: [*said.get(part, []), *others] for part, others in late.items()})
    product = _product(said)
    sources = read_sources(said["from"], product) if "from" in said else ()
    try:
        refuse_end(when, now=now, zone=zone)
        cadence, named = read_schedule(when, now=now, zone=zone) if when else (None, None)
    except CommandSyntaxError as error:
        problem = error.problem
        if product and " ".join(day := [word.text for word in words[start:]]).istitle() and len(day) == 1:
            problem = f"{problem.rstrip('.')}; a name that holds {quoted(day[0])} stands in quotes."
        raise CommandSyntaxError(problem, _nearest(error.form, product, said.get("from", ()))) from error
    return DigestWords(verb=DigestVerb.SET, product=product, sources=sources, cadence=cadence, zone=named)


def _nearest(right: str, product: str | None, sources: Sequence[Word]) -> str:
    """The right form of a schedule with the product and the channels that were typed with it."""
    name = product or "Atlas"
    typed = split(name)
    said = {word.key for word in typed}
    if schedule_start(typed) < len(typed) or joined(only_name(typed)) != name or said & {*VERBS, *RHYTHM}:
        name = typed_name(name)
    read = ["from", *(word.text for word in sources if word.channel)] if sources else []
    return " ".join([COMMAND, name, *read, right.removeprefix(f"{COMMAND} ")])


def _head(at: str, key: str, _following: Word) -> str | None:
    if at == "from" and key in {"for", "of", "on"}:
        return "about"
    return key if key in {"from", "about"} else None


def _late_head(at: str, key: str, following: Word) -> str | None:
    """After a schedule, "every 2 weeks mon 09:00 from 2026-11-30" goes on; "from #buyers" does not."""
    if key == "from":
        return None if at == MAIN and not following.channel and following.key[:1].isdigit() else "from"
    return "about" if names_after(at, key, following) else None


def _verb(words: list[Word]) -> tuple[DigestVerb | None, str, list[Word]]:
    """What is to be done, the word that says so, and the other words; None where no word of this kind is."""
    plain = [word for word in words if word.key not in _POLITE]
    if not plain:
        return DigestVerb.SHOW, "show", []
    if plain[0].key == "on" and schedule_start(plain) == 0:
        return None, "", words
    first: list[str] = []
    last: list[str] = []
    while plain and (key := _key(plain[0])) in VERBS:
        first, plain = [*first, key], plain[1:]
    while plain and (key := _key(plain[-1])) in VERBS:
        last, plain = [key, *last], plain[:-1]
    said = [*first, *last]
    if len(said) > 1 and VERBS[said[-1]] is DigestVerb.NOW:
        said.pop()  # "preview now", "stop now"
    if not said:
        return None, "", words
    verb = VERBS[said[0]]
    for other in said[1:]:
        if VERBS[other] is not verb:
            raise CommandSyntaxError(
                f'"{said[0]}" and "{other}" do not go together.', f"{COMMAND} {VERBS[other]}"
            )
    return verb, said[0], [word for word in plain if word.key != "about" and _key(word) not in _BESIDE]


def _alone(words: list[Word]) -> DigestVerb | None:
    plain = [word for word in words if word.key not in _POLITE]
    small = bool(plain) and not plain[0].text[:1].isupper()
    return _ALONE.get(plain[0].key) if small and (len(plain) == 1 or plain[0].key == "skip") else None


def _key(word: Word) -> str:
    return "?" if word.text.rstrip("!") == "?" and not word.quoted else word.key


def _with_product(verb: DigestVerb, typed: str, words: list[Word]) -> DigestWords:
    start = schedule_start(words)
    apart = [word for word in words if word.channel or _is_order(word) or _key(word) in VERBS] + words[start:]
    words = only_name(words) if not apart else words
    name = joined(word for word in words if word not in apart)
    told = "" if set(name) & set(MARKS) else name
    safe = DigestVerb.SHOW if apart and verb in _ACTS else verb
    nearest = " ".join(filter(None, [COMMAND, told, safe]))
    if apart:
        raise CommandSyntaxError(
            f'"{typed}" stands alone or beside the name of a product; a name that holds it, in quotes.',
            nearest,
        )
    with form(nearest):
        return DigestWords(verb=verb, product=read_subject(spoken_name(words) or name) if words else None)


def _is_order(word: Word) -> bool:
    """Whether a word belongs to sources or a schedule, and to no name."""
    return word.key in RHYTHM or word.key == "from" or looks_like_time(word.key) or looks_like_day(word.key)


def _product(said: dict[str, list[Word]]) -> str | None:
    """The product of a sentence; None where none is named. Raises CommandSyntaxError."""
    main = only_name(said[MAIN])
    if "about" in said and all(word.key in _POLITE | _BESIDE for word in main):
        main = []
    both = [*main, *said.get("about", [])]
    if not both and "about" not in said:
        return None
    abouts = said.get("about", [])
    second = next((place for place, word in enumerate(abouts) if place and word.text == "about"), None)
    if not main and second and fold(joined(abouts[:second])) not in RESERVED:
        main = abouts[:second]
    if main and abouts:
        raise CommandSyntaxError(
            'One product at a time; a name with "about" in it stands in quotes.',
            f"{COMMAND} {typed_name(product_name(main))} setup",
        )
    name = only_name(both)
    bare = spoken_name(name)
    if bare.casefold() in NO_NAMES:
        nearest = f"{COMMAND} Atlas weekly mon 09:00 Europe/Berlin"
        raise CommandSyntaxError(f"{quoted(bare)} is a word of the commands, not a product.", nearest)
    return product_name(name)

"""`/pulse digest Atlas from #buyers #users weekly mon 09:00 Europe/Berlin`, and `off`, `now`, `preview`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handlers.syntax.clauses import MAIN, clauses, refuse_plain_channel
from handlers.syntax.product_name import MARKS, InvalidName, read_product, read_subject
from handlers.syntax.schedule_syntax import RHYTHM, at_field, read_in_words, read_schedule, with_rhythm
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, split
from jobs.cadence import Cadence, CadenceError, find_zone, looks_like_time, quoted, read_weekday
from jobs.messages.digest_setup.digest_draft import MOST_SOURCES, DigestDraft
from jobs.messages.digest_setup.digest_view import DigestState
from jobs.messages.layout import digest_ids, ids
from jobs.messages.wording.escaping import typed_name

_AND = frozenset({"and", "&", "+", ""})
_POLITE = frozenset({"please", "pls", "thanks", "it", "this", "the", "my", "our", "digest", "turn", "switch"})
_BESIDE = frozenset({"all", "here", "up", "me", "to", "a", "one"})
_ADDS = frozenset({"add"})
_DROPS = frozenset({"remove", "delete", "drop"})
_TO_IT = frozenset({"to", "from", "of", "in", "for", "about", "the"})
_COMMAND = "/pulse digest"
CHOOSE = f"{_COMMAND} setup"
"""Opens the form, where channels are chosen: a name that Slack did not know is in no command that works."""


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
    DigestVerb.OFF: "off stop end delete remove cancel pause disable drop unset kill quit unsubscribe",
    DigestVerb.START: "on start resume restart unpause continue enable activate",
    DigestVerb.NOW: "now post send run publish",
    DigestVerb.PREVIEW: "preview test try",
    DigestVerb.SHOW: "show status list info view settings",
    DigestVerb.HELP: "help ? usage what how",
    DigestVerb.FORM: "set setup edit change update configure new create add make form",
}
VERBS = {word: verb for verb, said in _MEANT.items() for word in said.split()}
"""The words that say what to do, each with what it means. None of them is the name of a product."""


NO_NAMES = frozenset({*VERBS, *RHYTHM, "from", "about"})
"""The words of this command: none of them is the name of a product, in quotes or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWords:
    """What to do with which digest; None, and no sources, is what was not said.

    `added` and `dropped` are channels that it reads too, or no more.
    """

    verb: DigestVerb
    product: str | None = None
    sources: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
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
    for place, word in enumerate(words[:-1]):
        if word.key in _ADDS | _DROPS and words[place + 1].channel:
            return _of_sources(word.key, [*words[:place], *words[place + 1 :]])
    verb, typed, words = _verb(words)
    if verb is DigestVerb.FORM and any(word.channel or _is_order(word) for word in words):
        verb = None  # "set Atlas weekly mon 09:00" says it all
    if verb:
        return _with_product(verb, typed, words)
    said = clauses(with_rhythm(words), _head, keep="when")
    name = [*said[MAIN], *said.get("about", [])]
    product = _product(name) if name or "about" in said else None
    sources = _sources(said["from"]) if "from" in said else ()
    try:
        cadence, named = read_schedule(said["when"], now=now, zone=zone) if "when" in said else (None, None)
    except CommandSyntaxError as error:
        raise CommandSyntaxError(
            error.problem, _nearest(error.form, product, said.get("from", ()))
        ) from error
    return DigestWords(verb=DigestVerb.SET, product=product, sources=sources, cadence=cadence, zone=named)


def check_digest(
    state: DigestState, *, now: datetime, own: str | None = None
) -> tuple[DigestDraft, dict[str, str]]:
    """The draft of a sent form in its canonical words, or what is wrong by the block_id of its field.

    `own` is the zone of whoever sent it, where Slack has told it.
    """
    draft, problems = state.draft, dict(state.problems)
    try:
        draft = replace(draft, product=read_product(draft.product))
    except InvalidName as error:
        problems[ids.PRODUCT_BLOCK] = str(error).replace("of /pulse;", "of the commands;")
    try:
        draft = replace(draft, zone=find_zone(draft.zone, now=now, own=own))
    except CadenceError as error:
        problems[ids.ZONE_BLOCK] = str(error)
    if not problems:
        try:
            rule, zone = read_in_words(draft.cadence, now=now, zone=draft.zone)
            draft = replace(draft, cadence=str(rule), zone=zone)
        except CadenceError as error:
            where = digest_ids.WORDS_BLOCK if state.in_words else ids.OFTEN_BLOCK
            problems[where] = at_field(draft.cadence, error)
    return draft, problems


def _nearest(right: str, product: str | None, sources: Sequence[Word]) -> str:
    """The right form of a schedule with the product and the channels that were typed with it."""
    name = f'"{product}"' if product and set(product.casefold().split()) & {*VERBS, *RHYTHM} else product
    read = ["from", *(word.text for word in sources if word.channel)] if sources else []
    return " ".join([_COMMAND, name or "Atlas", *read, right.removeprefix(f"{_COMMAND} ")])


def _head(at: str, key: str, following: Word) -> str | None:
    if key == "from":
        # "every 2 weeks mon 09:00 from 2026-11-30" goes on; "from #buyers" is another clause.
        return None if at == "when" and following.key[:1].isdigit() else "from"
    if key in RHYTHM and at != "when":
        return "when"
    return "about" if key == "about" else None


def _verb(words: list[Word]) -> tuple[DigestVerb | None, str, list[Word]]:
    """What is to be done, the word that says so, and the other words; None where no word of this kind is."""
    plain = [word for word in words if word.key not in _POLITE]
    if not plain and any(word.key == "digest" for word in words):
        return DigestVerb.SHOW, "show", []
    if not plain or (len(plain) > 1 and plain[0].key == "on" and _is_order(plain[1])):
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
                f'"{said[0]}" and "{other}" do not go together.', f"{_COMMAND} {VERBS[other]}"
            )
    return verb, said[0], [word for word in plain if word.key != "about" and _key(word) not in _BESIDE]


def _key(word: Word) -> str:
    return "?" if word.text.rstrip("!") == "?" and not word.quoted else word.key


def _with_product(verb: DigestVerb, typed: str, words: list[Word]) -> DigestWords:
    apart = [word for word in words if word.channel or _is_order(word) or _key(word) in VERBS]
    name = joined(word for word in words if word not in apart)
    told = "" if set(name) & set(MARKS) else name
    nearest = " ".join(filter(None, [_COMMAND, told, verb]))
    if apart:
        raise CommandSyntaxError(
            f'"{typed}" stands alone or beside the name of a product; a name that holds it, in quotes.',
            nearest,
        )
    with form(nearest):
        return DigestWords(verb=verb, product=read_subject(name.rstrip(",;")) if words else None)


def _is_order(word: Word) -> bool:
    """Whether a word belongs to sources or a schedule, and to no name."""
    return word.key in RHYTHM or word.key == "from" or looks_like_time(word.key) or _is_weekday(word)


def _is_weekday(word: Word) -> bool:
    try:
        read_weekday(word.key)
    except CadenceError:
        return False
    return True


def _product(words: list[Word]) -> str:
    nearest = f"{_COMMAND} Atlas weekly mon 09:00 Europe/Berlin"
    refuse_plain_channel(words, nearest)
    for word in words:
        if word.channel:
            with form(nearest):
                name = read_product(joined(each for each in words if not each.channel) or "Atlas")
            read = [each.text for each in words if each.channel]
            right = " ".join([_COMMAND, typed_name(name), "from", *read[:MOST_SOURCES]])
            raise CommandSyntaxError('Channels to read from stand after "from".', right)
    with form(nearest):
        name = read_subject(joined(words).rstrip(",;"))
    if name.casefold() in NO_NAMES:
        raise CommandSyntaxError(f"{quoted(name)} is a word of the commands, not a product.", nearest)
    with form(nearest):
        return read_product(name)


def _of_sources(typed: str, words: list[Word]) -> DigestWords:
    """Channels that are added to a digest or dropped from it: "add #users", "remove #users from Atlas"."""
    named = [word for word in words if not word.channel and word.key not in _TO_IT | _AND | _POLITE]
    with form(f"{_COMMAND} edit"):
        product = read_subject(joined(named)) if named else None
        if any(_is_order(word) for word in named):
            raise InvalidName(f'"{typed}" and a schedule do not go together.')
    read = tuple(dict.fromkeys(word.channel for word in words if word.channel))
    adds = typed in _ADDS
    return DigestWords(
        verb=DigestVerb.SET, product=product, added=read if adds else (), dropped=() if adds else read
    )


def _sources(words: list[Word]) -> tuple[str, ...]:
    refuse_plain_channel(words, CHOOSE)
    for word in words:
        if not word.channel and (word.quoted or word.key not in _AND):
            raise CommandSyntaxError(f"{quoted(word.text)} is not a channel that you can see here.", CHOOSE)
    channels = tuple(dict.fromkeys(word.channel for word in words if word.channel))
    if not channels:
        raise CommandSyntaxError('Say which channels after "from".', CHOOSE)
    return channels

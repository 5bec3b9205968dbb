"""`/pulse ask nps #channel about Atlas until fri 17:00`, and the same as typed in the form."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from handlers.syntax.clauses import MAIN, about, clauses, one_channel, said_moment, seen_channel
from handlers.syntax.names import one_instrument
from handlers.syntax.product_name import MARKS, InvalidName, read_product, spoken_name
from handlers.syntax.pulses.ask_parts import (
    Question,
    comes_again,
    command_of_number,
    find_question,
    is_moment,
    name_said,
    question_at_end,
    says_names,
    second_name,
    when_said,
    with_until,
    without_noise,
    without_open,
)
from handlers.syntax.schedule_start import names_after, schedule_start, with_rhythm
from handlers.syntax.schedule_syntax import read_schedule, refuse_end
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, in_quotes, joined, split, without_marks
from handlers.syntax.until import read_open_for, read_until
from jobs import cadence
from jobs.cadence import quoted
from jobs.instruments import INSTRUMENTS, find

_FORM = "/pulse ask nps about Atlas until fri 17:00"
_BY_FORM = "/pulse ask"  # opens the form, where the channel is chosen
_PLAN = "/pulse schedule"
_OFTEN = "every 4 weeks mon 09:00"
_UNTIL_TOO = frozenset({"till", "til"})
_DOES = frozenset(
    {"run", "send", "post", "start", "do", "make", "create", "new", "launch", "open", "i", "we", "want"}
)
_ONE_PRODUCT = 'One product at a time; a name with "about" in it stands in quotes.'
_NUMBERS = frozenset({"a", "an", "one", "two", "three"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWords:
    """What was asked for; None is what was not said. All None: the form is wanted.

    `instrument` is a key of INSTRUMENTS, `until` is in UTC. `about` is the name of a product, or the words
    that stand in the question; `quoted` says that it stood in quotes.
    """

    instrument: str | None = None
    channel_id: str | None = None
    about: str | None = None
    quoted: bool = False
    until: datetime | None = None


def read_ask(text: str, *, now: datetime, zone: str) -> AskWords:
    """The words after `/pulse ask`, in any order; raises CommandSyntaxError.

    Names that hold "until" or "for 3 ..." are written in quotes. Times without a zone are in `zone`.
    """
    channel_id, words = one_channel(split(text), _BY_FORM)
    there = seen_channel(text)
    if not words and not channel_id:
        return AskWords()
    again = second_name(words)
    question = _question(clauses(words[:again], _head))
    main, said = question.words, question.parts
    until, length, product = said.get("until"), said.get("for"), said.get("about")
    if product and (until or length):
        product = without_open(product)
    if says_names(main, product or []):
        raise CommandSyntaxError("Whether answers come with names is chosen in the form.", _BY_FORM)
    _refuse_without_about(main, product, there)
    nearest = _nearest(main, product, there)
    if again is not None:
        raise CommandSyntaxError(_ONE_PRODUCT, nearest)
    if product and main:
        _refuse_second_question(main, product, there)
        _refuse_when(main, product, there, until or [], now=now, zone=zone)
    instrument = one_instrument(main, nearest)
    if until and not is_moment(until, now, zone) and (named := with_until(words, now, zone)):
        right = _nearest(main, named[0], there).removesuffix("until fri 17:00") + named[1]
        raise CommandSyntaxError('A name with "until" in it stands in quotes.', right)
    if product is not None and not spoken_name(name_said(product)):
        raise CommandSyntaxError("Say which product it is about.", _BY_FORM if there else nearest)
    with form(nearest):
        if until is not None and length is not None:
            until = [*until, Word("for"), *length]  # refused below with both in its sentence
        closes = None if until is None else read_until(said_moment(until), now=now, zone=zone)
        return AskWords(
            instrument=instrument,
            channel_id=channel_id,
            about=None if product is None else read_product(spoken_name(name_said(product))),
            quoted=in_quotes(product),
            until=closes if length is None else read_open_for(said_moment(length), now=now, zone=zone),
        )


def read_plan(text: str, *, now: datetime, zone: str) -> tuple[AskWords, str | None, str]:
    """The words after `/pulse schedule`: what is asked, how often, and in which zone.

    The schedule is None where none was said. Raises CommandSyntaxError.
    """
    channel_id, words = one_channel(split(text), _PLAN)
    if instead := command_of_number(words):
        raise CommandSyntaxError("What is repeated already has its own commands.", instead)
    there = seen_channel(text)
    again = second_name(words)
    words = words[:again]
    start = schedule_start(words)
    late = clauses(with_rhythm(words[start:]), _late_head)
    when = late.pop(MAIN)
    cut = next((place for place, word in enumerate(when) if find(word.key)), len(when))
    said = clauses(words[:start], _plan_head)
    said = {part: [*said.get(part, []), *late.get(part, [])] for part in said | late}
    question = _question(said | {MAIN: [*said[MAIN], *when[cut:]]})
    main, said = question.words, question.parts
    named: str | None = None
    rule: cadence.Cadence | None = None
    product = said.get("about")
    if when[:cut]:
        try:
            refuse_end(when[:cut], now=now, zone=zone)
            rule, named = read_schedule(when[:cut], now=now, zone=zone)
        except CommandSyntaxError as error:
            often = error.form.removeprefix("/pulse digest ")
            raise CommandSyntaxError(error.problem, _plan(main, product, there, often)) from error
    nearest = _plan(main, product, there, f"{rule or _OFTEN} {named or ''}".strip())
    if again is not None:
        raise CommandSyntaxError(_ONE_PRODUCT, nearest)
    if "open" in said:
        raise CommandSyntaxError("How long it stays open is chosen in the form.", nearest)
    with form(nearest):
        name = None if product is None else read_product(spoken_name(name_said(product)))
    instrument = one_instrument(main, nearest) if main else None
    asked = AskWords(instrument=instrument, channel_id=channel_id, about=name, quoted=in_quotes(product))
    return asked, str(rule) if rule else None, named or zone


def _plan_head(at: str, key: str, following: Word) -> str | None:
    if key == "for" and following.key[:1].isdigit():
        return "open"
    return about(at, key, following)


def _late_head(at: str, key: str, following: Word) -> str | None:
    if key == "for" and following.key[:1].isdigit():
        return "open"
    return "about" if names_after(at, key, following) else None


def _question(said: dict[str, list[Word]]) -> Question:
    """The question and the other parts, without what people say before it: "please run nps"."""
    main = without_noise(list(without_marks(said[MAIN])))
    while len(main) > 1 and main[0].key in _DOES and main[0].text.islower():
        main = main[1:]
    return find_question(main, {part: words for part, words in said.items() if part != MAIN})


def _refuse_without_about(main: list[Word], product: Sequence[Word] | None, there: str | None) -> None:
    """Refuse "Atlas nps", where the name stands before the question."""
    cut = question_at_end(main)
    if product is None and 0 < cut < len(main) and not find(joined(main)):
        nearest = _nearest(main[cut:], main[:cut], there)
        raise CommandSyntaxError(f'{quoted(joined(main[:cut]))} needs "about" before it.', nearest)


def _refuse_second_question(main: Sequence[Word], product: Sequence[Word], there: str | None) -> None:
    """Refuse "nps about Atlas csat"; a name that ends so has capitals: "Team NPS"."""
    cut = question_at_end(product)
    if 0 < cut < len(product) and all(word.text.islower() for word in product[cut:]):
        raise CommandSyntaxError("One question at a time.", _nearest(main, product[:cut], there))


def _refuse_when(
    main: Sequence[Word],
    product: Sequence[Word],
    there: str | None,
    until: Sequence[Word],
    *,
    now: datetime,
    zone: str,
) -> None:
    """Refuse "nps about Atlas weekly" and "nps about Atlas tomorrow" with the command that is meant."""
    cut = when_said(product)
    name, when = product[:cut], product[cut:]
    if not when:
        return
    if comes_again(when):
        try:
            rule, named = read_schedule(with_rhythm(list(when)), now=now, zone=zone)
            often = f"{rule} {named or ''}".strip()
        except CommandSyntaxError as error:
            often = error.form.removeprefix("/pulse digest ")
        problem = "A question that comes again has a schedule."
        raise CommandSyntaxError(problem, _plan(main, name, there, often))
    nearest = _nearest(main, name, there)
    said = [until, *(when[-size:] for size in range(len(when), 0, -1))]
    day = next((words for words in said if words and is_moment(words, now, zone)), None)
    if day:
        nearest = nearest.removesuffix("fri 17:00") + said_moment(day)
    raise CommandSyntaxError(f'{quoted(joined(when))} needs "until" before it.', nearest)


def _plan(main: Sequence[Word], product: Sequence[Word] | None, there: str | None, often: str) -> str:
    """The right form of a schedule with the question, the name and the channel that were typed."""
    asked = _nearest(main, product, there).removeprefix(_BY_FORM).rpartition(" until ")[0]
    return f"{_PLAN}{asked} {often}" if asked else _PLAN


def _nearest(main: Sequence[Word], product: Sequence[Word] | None, there: str | None) -> str:
    """The right form with the question, the name and the channel that were typed, as far as they are read.

    A name stands in it that was not typed only where no channel is named: there it would be another's.
    """
    if there is None:
        return _BY_FORM
    sizes = range(len(main), 0, -1)
    size = next((size for size in sizes if find(joined(main[:size]))), 0)
    found = find(joined(main[:size])) if size else None
    instrument = found.key if found else next(iter(INSTRUMENTS))
    name = "" if there else "Atlas"
    with suppress(InvalidName):
        typed = product if product is not None else main[size:] if size else []
        name = read_product(spoken_name(typed).strip(MARKS))
        if [word.quoted for word in product or []] == [True]:
            name = f'"{name}"'
    alone = name if " " not in name else ""
    words = {"seq": ": send an invoice", "ces": f": the support of {name}"}.get(instrument, "")
    about_it = f"about {name}{words if alone else ''}" if name else ""
    return " ".join(filter(None, [_BY_FORM, instrument, there, about_it, "until fri 17:00"]))


def _head(at: str, key: str, following: Word) -> str | None:
    if key in _UNTIL_TOO and following.text:
        return "until"
    if key == "for" and (following.key[:1].isdigit() or following.key in _NUMBERS):
        return "for"
    return "until" if key == "until" else about(at, key, following)

"""The title of a contrast, and what is said of its sides in sentences."""

from collections.abc import Sequence
from enum import StrEnum
from zoneinfo import ZoneInfo

from jobs.contrast import Contrast, Side
from jobs.instruments import Band
from jobs.messages.report import score_words
from jobs.messages.report.side_cards import WHO, also, name_of, sides
from jobs.messages.report.topic_table import WRITERS
from jobs.messages.wording.escaping import escape, one_line
from jobs.messages.wording.voice import Voice, capital
from jobs.messages.wording.waiting_words import waiting
from jobs.privacy.progress_rule import Stage
from storage.records import Lean, Lens, Period

LONGEST_PRODUCT, LONGEST_WHOLE, LONGEST_USERS = 80, 45, 40  # a title has 150 characters


class NoWord(StrEnum):
    """Why a side has no word yet."""

    WAITING = "waiting"  # too few have answered
    OPEN = "open"  # its question can be answered, or is about to be counted
    NOT_ASKED = "not asked"  # nothing is asked on this side in the channels that are read
    WITHDRAWN = "withdrawn"  # its only score was withdrawn
    NOT_YET = "not yet"  # enough have answered, and the count is still to come
    NOT_THEN = "not then"  # nothing was counted in the period that was asked for


SideWord = tuple[Band, ...] | Lean | NoWord
"""What a title is made of: the bands that the level names, the word of a word round, or why there is none.

The bands are given low to high and without a gap; all three mean "unclear".
"""

_FIRST = "This is the first digest. A change can show from the next one on."
_POOR, _MIXED, _GOOD = Band
_WORDS: tuple[tuple[Band, ...], ...] = ((_POOR,), (_POOR, _MIXED), (_MIXED,), (_MIXED, _GOOD), (_GOOD,))
_HALF_WAY = _WORDS.index((_MIXED,))
_CLAUSES = {
    Lens.CX: (
        "customers are unhappy",
        "customers are rather unhappy",
        "customers are partly happy",
        "customers are fairly happy",
        "customers are happy",
    ),
    Lens.UX: ("hard to use", "rather hard to use", "partly easy to use", "fairly easy to use", "easy to use"),
}
_UNCLEAR = "the {who} side is unclear"
_LEANS = {
    Lean.GOOD: "{who}s lean to good",
    Lean.POOR: "{who}s lean to poor",
    Lean.NEITHER: "{who}s are divided",
}
_NO_WORD = {
    NoWord.WAITING: "too few {who} answers so far",
    NoWord.OPEN: "{who} answers are coming in",
    NoWord.NOT_ASKED: "{who}s are not asked here",
    NoWord.WITHDRAWN: "the {who} score was withdrawn",
    NoWord.NOT_YET: "no {who} score yet",
    NoWord.NOT_THEN: "no {who} score in this period",
}
_ON_BOTH_SIDES = {
    _UNCLEAR: "unclear on both sides",
    _NO_WORD[NoWord.WAITING]: "not enough answers yet",
    _NO_WORD[NoWord.OPEN]: "answers are coming in",
    _NO_WORD[NoWord.NOT_THEN]: "no score in this period",
}
_STAGES = {
    Stage.OPEN: NoWord.OPEN,
    Stage.COUNTING: NoWord.OPEN,
    Stage.TOO_FEW: NoWord.WAITING,
    Stage.WITHDRAWN: NoWord.WITHDRAWN,
}


def title(contrast: Contrast) -> str:
    """The contrast in one line, as plain text: the better side first. It never speaks of time.

    That of an organisation names the product whose users differ most from its customers.
    """
    cx, ux = _word(contrast.cx, contrast), _word(contrast.ux, contrast)
    users = contrast.ux.about and one_line(contrast.ux.about, LONGEST_USERS)
    name = one_line(contrast.product, LONGEST_WHOLE if users else LONGEST_PRODUCT)
    if contrast.beside and cx in _WORDS and all(_word(side, contrast) == cx for side in contrast.sides):
        return f"{name}: {' to '.join(cx)} on all sides"
    return f"{name}: {title_clause(cx, ux, users)}"


def _word(side: Side, contrast: Contrast) -> SideWord:
    """The word of a side, or why it has none."""
    if side.score and side.score.lean is not None:
        return side.score.lean
    if side.bands:
        return side.bands
    if side.instrument is None:
        return NoWord.NOT_YET if side.first_asked else NoWord.NOT_ASKED
    if contrast.asked_for:
        return NoWord.NOT_THEN
    if not side.progress:
        return NoWord.WAITING
    return _STAGES.get(side.progress[0].stage, NoWord.NOT_YET)


def title_clause(cx: SideWord, ux: SideWord, users: str = "") -> str:
    """What follows the product's name in a title: the better side first, a side without a word last.

    `users` is the name of the product whose users these are, where it is another one. ValueError for bands
    with a gap, or none.
    """
    if cx in _WORDS and ux in _WORDS:
        return _two_words(_WORDS.index(cx), _WORDS.index(ux), users)
    if cx == ux and _instead(cx) in _ON_BOTH_SIDES and not users:
        return _ON_BOTH_SIDES[_instead(cx)]
    words, whose = ((Lens.CX, cx), (Lens.UX, ux)), WHO | ({Lens.UX: f"{users} user"} if users else {})
    it = {Lens.CX: "", Lens.UX: f"{users} is " if users else ""}
    said = [it[lens] + _CLAUSES[lens][_WORDS.index(word)] for lens, word in words if word in _WORDS]
    said += [_instead(word).format(who=whose[lens]) for lens, word in words if word not in _WORDS]
    return "; ".join(said)


def _two_words(customers: int, users: int, name: str) -> str:
    """Both have a word: "and" where both are above or both below mixed, "but" otherwise."""
    if customers == users and not name:
        return f"{' to '.join(_WORDS[users])} on both sides"
    low, high = sorted((customers, users))
    alike = low == high or low > _HALF_WAY or high < _HALF_WAY
    cx, ux = _CLAUSES[Lens.CX][customers], _CLAUSES[Lens.UX][users]
    if low == _HALF_WAY and high > low:
        cx, ux = (clause.replace("partly", "only partly") for clause in (cx, ux))
    link, first = "and" if alike else "but", f"{name} is {ux}" if name else ux
    return f"{cx}, {link} {name or 'it'} is {ux}" if customers >= users else f"{first}, {link} {cx}"


def _instead(word: SideWord) -> str:
    """What stands where a side has no word of the level, with `{who}` for the side."""
    if isinstance(word, Lean):
        return _LEANS[word]
    if isinstance(word, NoWord):
        return _NO_WORD[word]
    if word != tuple(Band):
        raise ValueError(f"bands are named low to high, without a gap: {word}")
    return _UNCLEAR


def body(voice: Voice, contrast: Contrast, zone: str | None, *, reader: str = "this digest") -> str:
    """What moved, and what the title and the cards leave open, side by side; empty with nothing to add.

    `reader` is what reads the channels.
    """
    said = [_about(voice, side, contrast, zone, reader) for side in sides(contrast)]
    if contrast.asked_for:
        return voice.lines(*said)
    told = [side for side in sides(contrast) if side.is_shown]
    turned = [side for side in told if score_words.turn(side)]
    quiet = [side for side in told if side not in turned and side.before and side.counted_since_last]
    if contrast.only_others:
        return voice.lines(*_turned(voice, contrast, turned), *said, _only_others(voice, contrast, zone))
    first = contrast.first and told and not any(side.before for side in told)
    return voice.lines(
        *_turned(voice, contrast, turned),
        *said,
        _FIRST if first else _quiet(voice, contrast, quiet, beside=bool(turned)),
    )


def _only_others(voice: Voice, contrast: Contrast, zone: str | None) -> str:
    """That the scores of both sides were shown before, and what is new."""
    last, link = contrast.last_on, contrast.last_link
    day = voice.day(last.astimezone(ZoneInfo(zone) if zone else last.tzinfo).date()) if last else ""
    day = f"<{escape(link)}|{day}>" if link and not voice.aloud else day
    return f"Same scores as on {day}. New this week: {also(voice, contrast)}."


def _turned(voice: Voice, contrast: Contrast, turned: Sequence[Side]) -> list[str]:
    """The sides that got better or worse, each in a line, the better news first; both in one if alike."""
    numbers = [score_words.from_to(voice, side) for side in turned]
    alike = {(score_words.turn(side), score_words.since(voice, side)) for side in turned}
    if len(turned) == len(alike) + 1 and all(numbers) and not contrast.beside:
        turn, since = alike.pop()
        who = (name_of(side, contrast.product) for side in turned)
        both = ", ".join(f"{name} from {said}" for name, said in zip(who, numbers, strict=True))
        return [f"{voice.bold(f'Both sides {turn} {since}:')} {both}."]
    lines, known = list[str](), ""
    for side in sorted(turned, key=score_words.turn):
        since, said = score_words.since(voice, side), score_words.from_to(voice, side)
        what = f"{_who(side, contrast)} {score_words.turn(side)}" + ("" if since == known else f" {since}")
        lines.append(f"{voice.bold(f'{what}:')} {said}." if said else voice.bold(f"{what}."))
        known = since
    return lines


def _quiet(voice: Voice, contrast: Contrast, quiet: Sequence[Side], *, beside: bool) -> str:
    """The sides of which no change can be said: that none is clear, or that too few have answered.

    `beside` says that another side has changed; then it is not told since when.
    """
    found = {score_words.since(voice, side) for side in quiet}
    if len(quiet) == len(sides(contrast)) and len(found) == 1:
        return f"No clear change {found.pop()}." if any(found) else score_words.TOO_FEW_TO_SAY
    if contrast.beside:
        told: dict[str, list[str]] = {"No clear change": [], "Too few answers to say": []}
        for side in quiet:
            told[list(told)[side.change is None]].append(name_of(side, contrast.product))
        return " ".join(f"{what}: {', '.join(names)}." for what, names in told.items() if names)
    alone, dated = len(quiet) == 1 and not beside, all(found) and not beside
    said = []
    for side in quiet:
        since = f" {score_words.since(voice, side)}" if dated else ""
        too_few = "too few answers to say" + (" if anything changed" if alone else "")
        said.append(f"{_who(side, contrast)}: {f'no clear change{since}' if side.change else too_few}.")
    return " ".join(said)


def _who(side: Side, contrast: Contrast) -> str:
    return capital(name_of(side, contrast.product))


def _about(voice: Voice, side: Side, contrast: Contrast, zone: str | None, reader: str) -> str:
    who = _who(side, contrast)
    if side.instrument is None:
        return never_asked(voice, side, reader)
    said = waiting(voice, side.progress, zone, again=side.is_shown)
    if score_words.is_unclear(side):
        said = ["poor, mixed or good are all possible with these answers.", *said]
    if contrast.period and contrast.asked_for and not side.is_shown:
        said = [_nothing_counted(voice, side, contrast.period), *said]
    if not (said or side.is_shown):
        said = ["no answers yet."]
    return (
        f"{who}: {said[0][:1].lower()}{said[0][1:]}{''.join(f' {more}' for more in said[1:])}" if said else ""
    )


def never_asked(voice: Voice, side: Side, reader: str = "this digest") -> str:
    """What is said of a side on which nothing was ever asked in the channels that are read."""
    who = capital(WRITERS[side.lens])
    if side.first_asked:
        return f"{who}: first asked {voice.day(side.first_asked, weekday=True)}."
    return f"{who}: no question in the channels that {reader} reads."


def _nothing_counted(voice: Voice, side: Side, period: Period) -> str:
    newest = score_words.before(voice, side)
    none = f"nothing was counted {voice.within(period)}."
    return f"{none} The newest score: {newest}." if newest else none

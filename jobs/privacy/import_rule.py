"""How the answers of another service become rounds: by month, ten people or more, and never twice. Pure.

A month is counted as of its last day, so that two rounds lie four weeks apart. One with too few people joins
the next. Nobody knows who of a file has answered in Slack too, or stands in another file. So a month in which
the same was counted before is left out, also where that was taken back: both figures, one taken from the
other, could be those of few people. Only the very same rows may be counted again after they were taken back.
A month becomes a round only when four weeks have passed since, so that no round made after it is too near.
Rows that were counted about another product are known again by their marks: the same file but a few of its
rows is not counted, since one figure taken from the other would be those of few.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar

from jobs.privacy.repeat_rule import four_weeks_after
from storage.records.count_records import CountedBefore
from storage.records.round_records import Round, RoundKind

Month = tuple[int, int]
LONGEST_GAP = 4  # weeks: the longest setting, since a setting may be raised later


class Answer(Protocol):
    """What is known of an answer: when it was given, and by whom, if that is known."""

    @property
    def number(self) -> int:
        """What tells it from the others of its file."""

    @property
    def at(self) -> datetime:
        """When it was given, UTC."""

    @property
    def person(self) -> str:
        """By whom; empty where that is not known: then it counts as somebody's of their own."""


Given = TypeVar("Given", bound=Answer)


@dataclass(frozen=True, slots=True)
class Group(Generic[Given]):
    """Answers that are counted together: of each person the latest, from the `first` to the `last` day."""

    kind: RoundKind
    first: date
    last: date
    answers: dict[Hashable, Given]

    @property
    def counted_at(self) -> datetime:
        """Noon (UTC) of the last day: in every zone it is the same month."""
        return datetime.combine(self.last, time(12), UTC)

    @property
    def months(self) -> Iterator[Month]:
        """Every month from the first to the last day."""
        return _months(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Grouped(Generic[Given]):
    """What becomes a round, what waits for more answers, and why the others do not count, by reason."""

    groups: list[Group[Given]]
    waiting: list[Given]
    left_out: dict[str, list[Given]]


TOO_NEW = "less than four weeks have passed since its month"
COUNTED = "its month was counted before"
ASKED = "the same was asked here at that time"
ALL_BUT_FEW = "all or nearly all of its rows were counted before, maybe about another product"
_FEWEST_APART, _FEWEST_WITHIN = 5, 10
"""Rows, at least, that two figures do not have in common; the latter where one of them holds the other."""


def group_by_month(
    answers: Sequence[Given],
    before: Sequence[CountedBefore],
    *,
    need: int,
    need_for_a_word: int,
    today: date,
    rows_of: Callable[[Group[Given]], str],
) -> Grouped[Given]:
    """The rounds of a file; `before` are all rounds about the same, from files or not, withdrawn ones too.

    `need` is how many people a round with figures needs. `rows_of` gives what a round
    of a file keeps of its rows.
    """
    kept: list[Group[Given]] = []
    known = {each.rows for each in before if each.rows and each.round.withdrawn}
    if known:
        again = _groups(answers, need=need, need_for_a_word=need_for_a_word)[0]
        kept = [
            each
            for each in again
            if rows_of(each) in known and only_same(each.first, each.last, before, rows_of(each))
        ]
    spoken_for = {month for each in kept for month in each.months}
    left_out, left = defaultdict[str, list[Given]](list), list[Given]()
    reasons: dict[Month, str | None] = dict.fromkeys(spoken_for)
    for each in answers:
        month = (each.at.year, each.at.month)
        if month not in reasons:
            reasons[month] = _why_not(month, before, today)
        if month in spoken_for:
            continue
        if reason := reasons[month]:
            left_out[reason].append(each)
        else:
            left.append(each)
    made, waiting = _groups(left, need=need, need_for_a_word=0 if kept else need_for_a_word)
    groups = sorted([*kept, *made], key=lambda group: group.last)
    return Grouped(groups, waiting, dict(left_out))


def _groups(
    answers: Sequence[Given], *, need: int, need_for_a_word: int
) -> tuple[list[Group[Given]], list[Given]]:
    """Months with enough people, each with those before it that had too few; and what is left at the end.

    Where nothing has enough for figures, all together may have for a word.
    """
    groups: list[Group[Given]] = []
    pending: dict[Hashable, Given] = {}
    waiting: list[Given] = []
    ordered = sorted(answers, key=lambda each: (each.at, each.number))
    for index, each in enumerate(ordered):
        pending[each.person or each.number] = each
        waiting.append(each)
        following = ordered[index + 1].at if index + 1 < len(ordered) else None
        if following and (following.year, following.month) == (each.at.year, each.at.month):
            continue
        if len(pending) >= need:
            groups.append(_group(RoundKind.NUMBER, pending, waiting))
            pending, waiting = {}, []
    if not groups and need_for_a_word and len(pending) >= need_for_a_word:
        return [_group(RoundKind.WORD, pending, waiting)], []
    return groups, waiting


def _group(kind: RoundKind, people: dict[Hashable, Given], answers: Sequence[Given]) -> Group[Given]:
    first, last = answers[0].at, answers[-1].at
    return Group(kind, date(first.year, first.month, 1), _last_day((last.year, last.month)), people)


def only_same(first: date, last: date, before: Iterable[CountedBefore], rows: str) -> bool:
    """Whether all that was counted near these days was made of the very same rows, and taken back."""
    near = [each for each in before if _is_near(first, last, each.round)]
    return all(each.rows == rows and each.round.withdrawn for each in near)


def too_new(last: date, today: date) -> bool:
    """Whether a round of that day could be nearer than four weeks to one that is counted from now on."""
    return four_weeks_after(last, LONGEST_GAP) > today


def _why_not(month: Month, before: Iterable[CountedBefore], today: date) -> str | None:
    """Why no answer of a month is counted; None where they may be."""
    first, last = date(*month, 1), _last_day(month)
    if too_new(last, today):
        return TOO_NEW
    near = [each for each in before if _is_near(first, last, each.round)]
    if not near:
        return None
    return COUNTED if any(each.rows for each in near) else ASKED


def _is_near(first: date, last: date, one: Round) -> bool:
    """Whether a round has days in common with these, or was counted within four weeks of their end."""
    within = abs(last - one.counted_on) < four_weeks_after(last, LONGEST_GAP) - last
    return within or (one.first_day <= last and first <= one.last_day)


def _last_day(month: Month) -> date:
    year, number = month
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def _months(first: date, last: date) -> Iterator[Month]:
    day = first
    while day <= last:
        yield day.year, day.month
        day = _last_day((day.year, day.month)) + timedelta(days=1)


class Marked(NamedTuple):
    """The rows that a round is made of: a mark for each, and what tells all of them with their scores.

    `stands` says of a round of an earlier file that it was not taken back.
    """

    marks: frozenset[str]
    rows: str
    stands: bool = False


def all_but_few(new: Sequence[Marked], before: Sequence[Marked]) -> set[int]:
    """The places of those `new` rounds that may not stand beside the ones `before`, of one earlier file.

    Rounds with rows in common are looked at one by one, and all together: months may be joined otherwise. The
    very same rows are counted again only where they were taken back.
    """
    refused, left = set[int](), set(range(len(new)))
    for place, one in enumerate(new):
        if any((other.stands and one.marks == other.marks) or _tells_few(one, other) for other in before):
            refused.add(place)
    while left:
        mine, old = {left.pop()}, set[int]()
        marks = frozenset[str]()
        while True:
            marks = marks.union(
                *(new[place].marks for place in mine), *(before[place].marks for place in old)
            )
            more = {place for place in left if new[place].marks & marks}
            olds = {place for place, one in enumerate(before) if one.marks & marks} - old
            if not more and not olds:
                break
            mine, old, left = mine | more, old | olds, left - more
        ours, theirs = ([of[place] for place in places] for of, places in ((new, mine), (before, old)))
        if old and _tells_few(_together(ours), _together(theirs)):
            refused |= mine
    return refused


def _together(rounds: Sequence[Marked]) -> Marked:
    marks = frozenset[str]().union(*(each.marks for each in rounds))
    return Marked(marks, " ".join(sorted(each.rows for each in rounds)))


def _tells_few(one: Marked, other: Marked) -> bool:
    """Whether the difference of two figures is of a few rows, or of what was changed in the same rows."""
    apart = len(one.marks ^ other.marks)
    if not one.marks & other.marks:
        return False
    if not apart:
        return one.rows != other.rows
    within = one.marks <= other.marks or other.marks <= one.marks
    return apart < (_FEWEST_WITHIN if within else _FEWEST_APART)

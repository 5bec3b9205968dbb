"""T4: what one person of a group can work out about the others, over every group that looks the same.

A group is what its people chose. Groups that are shown in the same words form a family. An insider takes
their own answer out of each group of the family; every other person must be left with two possible answers:
two scores as scored (NPS in three classes, a mean in its values), or two points of an item.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement
from random import Random
from typing import NamedTuple

from jobs.instruments import INSTRUMENTS
from jobs.scoring import response_score
from jobs.scoring.score import add_up
from storage.records.round_records import Round
from tests.jobs.scoring.rounds import counted
from tests.simulation.leaks import unclipped
from tests.simulation.message_renderer import MessageRenderer
from tests.simulation.renderers import PlainRenderer
from tests.simulation.stories import told

Form = tuple[int, ...]
"""What one person chose, item by item."""
_FIRST, _APART = datetime(2026, 3, 2, 9, tzinfo=UTC), timedelta(days=28)
_ENDS: dict[str, tuple[Form, Form]] = {
    "nps": ((0,), (10,)),
    "csat": ((1,), (5,)),
    "ces": ((1,), (7,)),
    "seq": ((1,), (7,)),
    "umux_lite": ((1, 1), (7, 7)),
    "sus": ((1, 5) * 5, (5, 1) * 5),
}
"""The worst and the best answer: what the groups before chose."""
Group = tuple[Form, ...]
Of = Callable[[str, Form], float]
"""What is to stay unknown of an answer to this instrument."""


class Unmasked(NamedTuple):
    """A group in which somebody can be read off, and the insider who can (None: anybody)."""

    group: Group
    insider: Form | None


class Case(NamedTuple):
    """Groups to look at: which instrument, among which forms their people choose, and how many they are."""

    key: str
    forms: tuple[Form, ...]
    n: int


def all_cases() -> Iterator[Case]:
    """Every histogram of 5 to 20 people: net scores, shares and SEQ in full, UMUX-Lite and SUS in samples.

    What SEQ can be is every value of a mean; two statements have 49 forms and ten have millions, so there
    groups choose among a few forms that are drawn.
    """
    chance = Random("insiders")  # noqa: S311 - a draw, not a secret
    for n in range(5, 21):
        yield Case("nps", ((0,), (7,), (10,)), n)
        yield Case("csat", ((1,), (3,), (5,)), n)
        yield Case("ces", ((1,), (4,), (7,)), n)
        yield Case("seq", tuple((point,) for point in range(1, 8)), n)
        for _ in range(10):
            pairs = tuple((chance.randint(1, 7), chance.randint(1, 7)) for _ in range(3))
            yield Case("umux_lite", pairs, n)
            tens = [tuple(chance.randint(1, 5) for _ in range(10)) for _ in range(2)]
            yield Case("sus", (*tens, (chance.randint(1, 5),) * 10), n)


def look_into(case: Case) -> tuple[Case, int, list[Unmasked]]:
    """The case, how many groups it has, and those in which somebody can be read off."""
    some = list(groups(case.forms, case.n))
    if len({score(case.key, form) for form in case.forms}) < 2:
        return case, 0, []
    return case, len(some), list(unmasked(case.key, some, in_words, score))


def groups(forms: Sequence[Form], n: int) -> Iterator[Group]:
    """Every group of n people who choose among these forms."""
    yield from combinations_with_replacement(forms, n)


def unmasked(
    key: str, some: Iterable[Group], shown: Callable[[str, Group], str], of: Of
) -> Iterator[Unmasked]:
    """The groups in which an insider, or nobody's help, leaves another person with one possibility."""
    families: dict[str, list[Group]] = {}
    for group in some:
        families.setdefault(shown(key, group), []).append(group)
    for family in families.values():
        forms = {form for group in family for form in group}
        if len({of(key, form) for form in forms}) < 2:
            yield Unmasked(family[0], None)
        for mine in forms:
            others = (_without(group, mine) for group in family if mine in group)
            if len({of(key, form) for group in others for form in group}) < 2:
                yield Unmasked(family[0], mine)


def score(key: str, form: Form) -> float:
    """An answer as scored."""
    found = response_score(INSTRUMENTS[key], dict(enumerate(form, start=1)))
    if found is None:
        raise ValueError("every form here can be scored")
    return INSTRUMENTS[key].as_scored(found)


def in_words(key: str, group: Group) -> str:
    """What is shown of a group: figures from ten people on, else a word."""
    return _line(key, _counted(key, group))


def in_messages(key: str, group: Group) -> str:
    """What is shown of a group in the product's own messages."""
    one = _counted(key, group)
    return MessageRenderer().round(one, add_up(INSTRUMENTS[key], [one]))


def in_stories(key: str, group: Group) -> str:
    """What every digest, trend, explanation and picture shows of a group that follows other groups.

    Before it come a round with exact figures and a clipped one, so that a level and a change are told too.
    """
    low, high = _ENDS[key]
    before = [(low,) * 6 + (high,) * 6, (high,) * 10, (low,) * 4 + (high,) * 8]
    rounds = []
    for place, each in enumerate([*before, group]):
        at = _FIRST + place * _APART
        one = replace(_counted(key, each), id=f"r{place}", counted_at=at)
        rounds.append(replace(one, first_day=at.date(), last_day=at.date()))
    return MessageRenderer().story(told("Atlas", rounds))


def without_clip(key: str, group: Group) -> str:
    """The planted fault: exact counts of every group."""
    one = _counted(key, group)
    return _line(key, unclipped(one, group) if one.clipped is not None else one)


def with_every_item(key: str, group: Group) -> str:
    """The planted fault: items beside every score that is not clipped."""
    one = _counted(key, group)
    if not one.histogram:
        return _line(key, one)
    items = [Counter(form[place] for form in group) for place in range(len(group[0]))]
    return _line(key, replace(one, items=tuple(items)))


def _counted(key: str, group: Group) -> Round:
    forms = [dict(enumerate(form, start=1)) for form in group]
    return counted(key, forms, word=len(group) < 10)


def _line(key: str, one: Round) -> str:
    return PlainRenderer().round(one, add_up(INSTRUMENTS[key], [one]))


def _without(group: Group, mine: Form) -> list[Form]:
    left = list(group)
    left.remove(mine)
    return left

"""T4: what one person of a group can work out about the others, over every group that looks the same.

A group is what its people chose. Groups that are shown in the same words form a family. An insider takes
their own answer out of each group of the family; every other person must be left with two possible answers:
two scores as scored (NPS in three classes, a mean in its values), or two points of an item.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from typing import NamedTuple

from jobs.instruments import INSTRUMENTS
from jobs.scoring import response_score
from jobs.scoring.round_sum import add_up
from storage.records.round_records import Round
from tests.jobs.scoring.rounds import counted
from tests.simulation.leaks import unclipped
from tests.simulation.renderers import PlainRenderer

Form = tuple[int, ...]
"""What one person chose, item by item."""
Group = tuple[Form, ...]
Of = Callable[[str, Form], float]
"""What is to stay unknown of an answer to this instrument."""


class Unmasked(NamedTuple):
    """A group in which somebody can be read off, and the insider who can (None: anybody)."""

    group: Group
    insider: Form | None


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

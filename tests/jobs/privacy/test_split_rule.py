"""When a round's counts are kept by role too."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest

from jobs.privacy.clip_rule import clipped_score
from jobs.privacy.split_rule import EarlierSplit, split_by_role
from storage.records import Role

Parts = Mapping[Any, Mapping[Any, int]]
"""The people at each score, by role."""
ROLES = (Role.BUYS, Role.USES, None)
BUYERS, USERS, OTHERS = {100: 5, 0: 3, -100: 2}, {100: 4, -100: 8}, {100: 6, 0: 5}


def split(parts: Parts, *, need: int = 10, earlier: tuple[EarlierSplit, ...] = ()) -> Parts:
    """What is kept of these people."""
    scores, roles = dict[str, float](), dict[str, Role]()
    for role, counts in parts.items():
        for score in (score for score, people in counts.items() for _ in range(people)):
            person = f"p{len(scores)}"
            scores[person] = score
            if role:
                roles[person] = role
    return split_by_role(scores, roles, need=need, earlier=earlier)


def test_each_role_of_ten_keeps_its_counts() -> None:
    """The parts stand in the order of the roles, those without one last; a role of nobody is no part."""
    found = split({None: OTHERS, Role.USES: USERS, Role.BUYS: BUYERS})
    assert found == {Role.BUYS: BUYERS, Role.USES: USERS, None: OTHERS}
    assert list(found) == [Role.BUYS, Role.USES, None]


@pytest.mark.parametrize(
    "parts",
    [
        {Role.USES: {100: 20, 0: 20}},  # it would tell the role of everybody
        {None: {100: 20, 0: 20}},
        {Role.BUYS: {100: 5, 0: 4}, Role.USES: USERS},  # nine
        {Role.BUYS: BUYERS, Role.USES: USERS, None: {0: 1}},  # one who has not told
        {Role.BUYS: BUYERS, Role.USES: USERS, Role.SEVERAL: {0: 4, 100: 5}},
        {Role.BUYS: {100: 8, 0: 2}, Role.USES: USERS},  # a part that is nearly of one mind
        {Role.BUYS: BUYERS, None: {-100: 12}},
        {Role.BUYS: {100: 9, 0: 1}, Role.USES: {100: 10, 0: 1}},  # and so is the whole
    ],
)
def test_no_split(parts: Parts) -> None:
    """One part, a part of fewer than ten, a clipped part: nothing is kept of any."""
    assert split(parts) == {}


def test_a_larger_promise_holds_for_every_part() -> None:
    """Where twelve were promised, a part of ten is too small."""
    parts = {Role.BUYS: BUYERS, Role.USES: USERS}
    assert split(parts, need=10)
    assert split(parts, need=12) == {}
    assert split({Role.BUYS: {100: 6, 0: 6}, Role.USES: USERS}, need=12)


@pytest.mark.parametrize(
    "n,both,parts",
    [
        (22, 22, 2),  # the same people: nothing tells one from another
        (22, 21, 0),  # one came, one went
        (22, 20, 0),
        (23, 20, 2),  # two came, three went
        (23, 22, 0),  # one went
        (31, 22, 0),  # nine went
        (32, 22, 2),
        (13, 13, 0),  # nine came
        (12, 12, 2),
        (40, 1, 2),
    ],
)
def test_few_who_came_or_went_are_not_told_apart(n: int, both: int, parts: int) -> None:
    """Beside an earlier split it needs five others, ten where one of the two holds the other; or nobody."""
    these = {Role.BUYS: BUYERS, Role.USES: USERS}  # 22
    assert len(split(these, earlier=(EarlierSplit(n, both),))) == parts


def test_who_had_themselves_forgotten_may_be_here_again() -> None:
    """Two who were forgotten and came back do not hide that one went; nobody tells them from two others."""
    these = {Role.BUYS: BUYERS, Role.USES: USERS}  # 22
    assert split(these, earlier=(EarlierSplit(23, 20),))
    assert split(these, earlier=(EarlierSplit(23, 20, forgotten=2),)) == {}
    assert split(these, earlier=(EarlierSplit(40, 10, forgotten=2),))


def _histograms(n: int, classes: int) -> Iterator[tuple[int, ...]]:
    if classes == 1:
        yield (n,)
        return
    for first in range(n + 1):
        yield from ((first, *rest) for rest in _histograms(n - first, classes - 1))


@pytest.mark.parametrize("sizes,classes", [((10, 10), 3), ((10, 13), 3), ((10, 11, 12), 2)])
def test_who_knows_all_roles_cannot_read_anybody_off(sizes: tuple[int, ...], classes: int) -> None:
    """T4 for parts: over every group that looks the same, an insider leaves everybody two possible classes.

    What is shown is the split; or the whole without one, from which follows that a part is clipped; or that
    the whole is. The roles of all are taken to be known, and the insider is in any part.
    """
    families: dict[object, list[tuple[tuple[int, ...], ...]]] = defaultdict(list)
    for parts in product(*(list(_histograms(n, classes)) for n in sizes)):
        whole = tuple(map(sum, zip(*parts, strict=True)))
        clipped = clipped_score(dict(enumerate(whole)))
        shown = split({role: dict(enumerate(part)) for role, part in zip(ROLES, parts, strict=False)})
        families[("clipped", clipped) if clipped is not None else parts if shown else whole].append(parts)
    insiders = [(None, 0), *((part, mine) for part in range(len(sizes)) for mine in range(classes))]
    for family in families.values():
        for where, mine in insiders:
            possible: list[set[int]] = [set() for _ in sizes]
            for parts in family:
                if where is None or parts[where][mine]:
                    for place, part in enumerate(parts):
                        others = (n - (place == where and name == mine) for name, n in enumerate(part))
                        possible[place] |= {name for name, n in enumerate(others) if n}
            assert not any(len(each) == 1 for each in possible), (family[0], where, mine)

"""When the answers of a round may be kept apart by role too, and how. Pure.

The parts add up to their round, so each must be as safe as a round is: ten people or more, and none clipped.
Who took part is known to those who watch, and roles last, unlike answers. So two things are kept from being
read off: a part of everybody would tell the role of each of them; and where few came or went since an earlier
split, the difference of the two would tell theirs.

Whether there is a split depends on what was answered, in this one way: a part, or the whole, is clipped. Who
knows all roles can then tell that one of the parts is nearly of one mind, not which, and not what anybody
chose.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from jobs.privacy.clip_rule import clipped_score
from storage.records.kinds import Role
from storage.records.round_records import MARKS_KEPT, ByRole

FEWEST_APART = 5
"""People, at least, who are in one of two splits and not in the other."""
FEWEST_WITHIN = 10
"""The same where everybody of one is in the other."""
_FEWEST_PARTS = 2


class EarlierSplit(NamedTuple):
    """A round about the same product that was split before: how many people, and how many of them again.

    Of the `forgotten` nobody knows any more whether they are here again.
    """

    n: int
    both: int
    forgotten: int = 0


def known_roles(roles: Mapping[str, Role], *, restored_on: date | None, today: date) -> Mapping[str, Role]:
    """The roles that may be used; none after a restore, while an earlier split may be lost and remembered."""
    return {} if restored_on and today - restored_on <= MARKS_KEPT else roles


def split_by_role(
    scores: Mapping[str, float], roles: Mapping[str, Role], *, need: int, earlier: Iterable[EarlierSplit] = ()
) -> ByRole:
    """The people at each score as scored, for each role; empty where that may not be kept.

    `scores` are those of everybody in the round, `roles` those of them who told one; for the others the role
    is None. `need` is how many people a round with figures needs.
    """
    found: dict[Role | None, Counter[float]] = defaultdict(Counter)
    for person, score in scores.items():
        found[roles.get(person)][score] += 1
    may_be_kept = (
        len(found) >= _FEWEST_PARTS
        and all(part.total() >= need for part in found.values())
        and all(
            clipped_score(part) is None for part in found.values()
        )  # then the whole is not clipped either
        and not any(_tells_on_few(len(scores), other) for other in earlier)
    )
    if not may_be_kept:
        return {}
    return {role: dict(sorted(found[role].items())) for role in (*Role, None) if role in found}


def _tells_on_few(n: int, other: EarlierSplit) -> bool:
    """Whether the roles of two rounds, one taken from the other, are those of a few people."""
    most = min(other.both + other.forgotten, n, other.n)
    apart = [(n - both, other.n - both) for both in range(other.both, most + 1)]
    return any(0 < came + went < (FEWEST_APART if came and went else FEWEST_WITHIN) for came, went in apart)

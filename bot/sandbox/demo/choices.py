"""Who answers in which week, and what: a small rule with its own seed, so the story is the same each time.

The outcome of a question is given (cast.toml); the rule only says who of the cast makes it up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bot.sandbox.demo.cast import Cast, Member
from storage.records import Role

CLASSES = ((0, 2, 3, 4, 5, 5, 6, 6), (7, 8, 8), (9, 9, 10))  # NPS points that make up each class
USERS_ANSWERING = 20
SPREAD = 5.0  # between the sums of two points of the user easiest to please and the other end
CHANGES_OF_MIND = 0.3  # of the way through the cast that somebody's mood moves from week to week
LOWEST, HIGHEST = 2, 14  # the sums of two points of UMUX-Lite, which make 0 and 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody of the cast chooses, and writes, if anything; `quote` is the tick under it."""

    member: Member
    points: tuple[int, ...]
    comment: str | None = None
    quote: bool = False


def answers_to_nps(cast: Cast, week: int, *, whole: bool = False) -> list[Answer]:
    """What customers choose between 0 and 10, about Atlas or about the whole organisation."""
    luck = Random(f"nps/{week}")  # noqa: S311 - a story, no secret
    counts = (cast.northwind if whole else cast.nps)[week]
    classes = [kind for kind, count in zip(CLASSES, counts, strict=True) for _ in range(count)]
    people = _answering(_asked(cast, customers=True), len(classes), week, luck)
    return [_answer(member, (luck.choice(kind),), week) for member, kind in zip(people, classes, strict=True)]


def answers_to_csat(cast: Cast, week: int) -> list[Answer]:
    """What customers choose between 1 and 5; nobody writes."""
    luck = Random(f"csat/{week}")  # noqa: S311
    points = [point for point, count in enumerate(cast.csat[week], 1) for _ in range(count)]
    people = _answering(_asked(cast, customers=True), len(points), week, luck)
    return [Answer(member=member, points=(point,)) for member, point in zip(people, points, strict=True)]


def answers_to_umux(cast: Cast, week: int, *, other: bool = False) -> list[Answer]:
    """What twenty users choose for each of two statements, about Atlas or the other product.

    Their mean is the week's, nearly.
    """
    luck = Random(f"umux/{week}")  # noqa: S311
    people = _answering(_asked(cast, customers=False), USERS_ANSWERING, week, luck)
    mean = (cast.beacon if other else cast.umux)[week]
    middle = LOWEST + mean / 100 * (HIGHEST - LOWEST)
    answers, owed = [], 0.0
    for place, member in enumerate(people):
        wanted = middle + SPREAD * (place / (len(people) - 1) - 0.5) + owed
        total = min(HIGHEST, max(LOWEST, round(wanted)))
        owed = wanted - total
        halves = (total // 2, total - total // 2)
        answers.append(_answer(member, halves if luck.random() < 0.5 else halves[::-1], week))  # noqa: PLR2004
    return answers


def role_of(cast: Cast, member: Member) -> Role:
    """What somebody says when they are asked how they know Atlas: of customers every second one runs it."""
    if not member.customer:
        return Role.USES
    return (Role.BUYS, Role.RUNS)[_asked(cast, customers=True).index(member) % 2]


def _asked(cast: Cast, *, customers: bool) -> list[Member]:
    """The people of a side, without the one whose place a visitor takes."""
    return [one for one in cast.person if (one.customer if customers else one.user) and not one.visitor]


def _answering(people: Sequence[Member], count: int, week: int, luck: Random) -> list[Member]:
    """So many of these people, whoever writes among them; the one hardest to please first."""
    by_luck = sorted(people, key=lambda member: (week not in member.says, luck.random()))
    answering = by_luck[:count]
    mood = {member.name: place / len(people) for place, member in enumerate(people)}
    return sorted(answering, key=lambda member: mood[member.name] + CHANGES_OF_MIND * luck.random())


def _answer(member: Member, points: tuple[int, ...], week: int) -> Answer:
    comment = member.says.get(week)
    return Answer(member=member, points=points, comment=comment, quote=member.quotes and comment is not None)

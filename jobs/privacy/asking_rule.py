"""What is checked and said before a question is asked again of some of the same people. Pure.

All of it goes by who was asked, as members of a channel, never by who answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobs.privacy.repeat_rule import four_weeks_after, same_subject
from storage.records.round_records import Question

_SOME_BELOW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question as it is, was or will be asked on a day (UTC) of the members of its channel.

    `product_keys` are the names, folded, of its product, now and before.
    """

    question: Question
    product_keys: frozenset[str]
    day: date
    members: frozenset[str]


def free_from(new: Asking, earlier: Iterable[Asking], *, weeks: int) -> date:
    """The first day on which a question may be asked: `new.day`, or later.

    Questions with names and without, about the same product and side, are not asked within four weeks of each
    other of anybody in common: what people say with their names would tell what they said without.
    """
    clashes = [
        asking
        for asking in earlier
        if asking.question.named is not new.question.named
        and asking.question.lens is new.question.lens
        and asking.product_keys & new.product_keys
        and asking.members & new.members
    ]
    return max([new.day, *(four_weeks_after(asking.day, weeks) for asking in clashes)])


def asked_lately(new: Asking, earlier: Iterable[Asking], *, weeks: int) -> int | None:
    """How many of the people were asked the same within four weeks; None for "some", which is 1 to 4.

    `earlier` holds askings in public channels and in channels that the asker is in, no others.
    """
    people = frozenset[str]().union(
        *(
            asking.members & new.members
            for asking in earlier
            if asking.question.instrument == new.question.instrument
            and same_subject(asking.question, new.question, asking.product_keys | new.product_keys)
            and asking.product_keys & new.product_keys
            and new.day < four_weeks_after(asking.day, weeks)
        )
    )
    return None if 0 < len(people) < _SOME_BELOW else len(people)

"""What is checked and said before a question is asked again of some of the same people."""

from dataclasses import replace
from datetime import date

import pytest

from jobs.privacy.asking_rule import Asking, asked_lately, free_from
from storage.records import Lens
from tests.jobs.privacy.looks import FRIDAY, QUESTION, people

ATLAS = frozenset({"atlas"})
NOW = Asking(question=QUESTION, product_keys=ATLAS, day=date(2026, 12, 1), members=people(12))
BEFORE = replace(NOW, day=FRIDAY)
NAMED = replace(BEFORE, question=replace(QUESTION, named=True))


@pytest.mark.parametrize(
    "earlier,day",
    [
        (NAMED, date(2026, 12, 17)),
        (replace(NAMED, question=replace(NAMED.question, instrument="csat")), date(2026, 12, 17)),
        (replace(NAMED, question=replace(NAMED.question, lens=Lens.UX)), NOW.day),
        (replace(NAMED, product_keys=frozenset({"beacon"})), NOW.day),
        (replace(NAMED, members=people(12, 12)), NOW.day),
        (replace(NAMED, members=people(12, 11)), date(2026, 12, 17)),
        (replace(NAMED, day=date(2026, 11, 1)), NOW.day),
        (BEFORE, NOW.day),
    ],
)
def test_with_names_and_without(earlier: Asking, day: date) -> None:
    """About one product and side, with names and without are four weeks apart where anybody is in both."""
    assert free_from(NOW, [earlier], weeks=4) == day


def test_without_names_after_with_and_the_other_way_round() -> None:
    """It holds both ways."""
    new = replace(NOW, question=NAMED.question)
    assert free_from(new, [BEFORE], weeks=4) == date(2026, 12, 17)


@pytest.mark.parametrize("common,said", [(0, 0), (1, None), (4, None), (5, 5), (12, 12)])
def test_how_many_were_asked_lately(common: int, said: int | None) -> None:
    """Under five are "some"; membership is counted, each person once."""
    earlier = replace(BEFORE, members=people(common))
    assert asked_lately(NOW, [earlier, earlier], weeks=4) == said


def test_lately_is_four_weeks_and_the_same() -> None:
    """Another instrument, another product or four weeks ago is not the same lately."""
    others = [
        replace(BEFORE, question=replace(QUESTION, instrument="csat")),
        replace(BEFORE, product_keys=frozenset({"beacon"})),
        replace(BEFORE, day=date(2026, 11, 4)),
    ]
    assert asked_lately(NOW, others, weeks=4) == 0


def test_a_former_name_is_the_same_product_and_the_same_subject() -> None:
    """What was asked under a name that the product had before was asked about it."""
    renamed = replace(NOW, product_keys=frozenset({"atlas", "altas"}))
    old = replace(BEFORE, product_keys=frozenset({"altas"}))
    by_name = replace(old, question=replace(QUESTION, subject_key="altas"))
    assert asked_lately(renamed, [old], weeks=4) == len(old.members)
    assert asked_lately(renamed, [by_name], weeks=4) == len(old.members)
    assert free_from(renamed, [replace(old, question=NAMED.question)], weeks=4) > NOW.day

"""T4: no member of a group, with the figures in hand, is left with one possible answer of another."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.simulation.insiders import (
    Form,
    groups,
    in_messages,
    in_stories,
    in_words,
    score,
    unmasked,
    with_every_item,
    without_clip,
)

NPS_CLASSES, CSAT_CLASSES, SEQ_POINTS = [(0,), (7,), (10,)], [(1,), (3,), (5,)], [(2,), (5,), (7,)]
CES_CLASSES = [(1,), (4,), (7,)]
SUS_FORMS: list[Form] = [(3,) * 10, (4, 2) * 5, (5, 1) * 5]
POINTS = st.integers(1, 7)


@pytest.mark.parametrize("n", range(5, 21))
@pytest.mark.parametrize("key,classes", [("nps", NPS_CLASSES), ("csat", CSAT_CLASSES), ("ces", CES_CLASSES)])
def test_every_group_of_three_classes(key: str, classes: list[Form], n: int) -> None:
    """Over every histogram of n people, an insider leaves everybody else two possible scores."""
    assert not list(unmasked(key, groups(classes, n), in_words, score))


@pytest.mark.parametrize("n", [5, 9, 10, 15])
@pytest.mark.parametrize("key,classes", [("nps", NPS_CLASSES), ("csat", CSAT_CLASSES)])
def test_the_messages_tell_no_more(key: str, classes: list[Form], n: int) -> None:
    """The same in the product's own messages, which say some of the figures."""
    assert not list(unmasked(key, groups(classes, n), in_messages, score))


@pytest.mark.parametrize("n", [5, 10])
@pytest.mark.parametrize(
    "key,forms", [("nps", NPS_CLASSES), ("csat", CSAT_CLASSES), ("seq", SEQ_POINTS), ("sus", SUS_FORMS)]
)
def test_no_story_tells_more(key: str, forms: list[Form], n: int) -> None:
    """The same in digests, trends, explanations, pictures and shared cards, with level and change."""
    assert not list(unmasked(key, groups(forms, n), in_stories, score))


@pytest.mark.parametrize("n", [10, 11])
def test_straight_lines(n: int) -> None:
    """The same for SUS, beside how many chose one point all through."""
    assert not list(unmasked("sus", groups(SUS_FORMS, n), in_words, score))


@settings(max_examples=25, deadline=None)
@given(st.sets(st.tuples(POINTS), min_size=2, max_size=3), st.integers(5, 20))
def test_groups_of_a_mean(forms: set[Form], n: int) -> None:
    """The same for a mean, whose classes are its values: over all groups of a few values of SEQ."""
    assert not list(unmasked("seq", groups(sorted(forms), n), in_words, score))


@settings(max_examples=25, deadline=None)
@given(st.sets(st.tuples(POINTS, POINTS), min_size=2, max_size=4), st.integers(10, 12))
def test_groups_of_two_items(forms: set[Form], n: int) -> None:
    """The same for UMUX-Lite: an insider leaves two possible scores, also beside the items."""
    assume(len(set(map(sum, forms))) > 1)
    assert not list(unmasked("umux_lite", groups(sorted(forms), n), in_words, score))


def first_item(_: str, form: Form) -> float:
    """The point of the first item."""
    return form[0]


UNEVEN = [(7, 1), (4, 4), (7, 4), (5, 6), (7, 7)]


@pytest.mark.parametrize("n", [10, 11, 12])
def test_a_nearly_unanimous_item(n: int) -> None:
    """Where an item may not be shown, nobody can tell what others chose on it, though the score is shown."""
    assert not list(unmasked("umux_lite", groups(UNEVEN, n), in_words, first_item))


@pytest.mark.parametrize("key,classes", [("nps", NPS_CLASSES), ("csat", CSAT_CLASSES), ("seq", SEQ_POINTS)])
def test_the_clip_is_needed(key: str, classes: list[Form]) -> None:
    """Planted: with exact counts of nearly unanimous groups, T4 finds groups that tell on their members."""
    assert list(unmasked(key, groups(classes, 12), without_clip, score))


def test_items_are_to_be_hidden() -> None:
    """Planted: with items beside every score, T4 finds groups whose members' points can be read off."""
    assert list(unmasked("umux_lite", groups(UNEVEN, 10), with_every_item, first_item))

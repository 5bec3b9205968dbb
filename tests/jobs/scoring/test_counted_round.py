"""What is kept of counted answers."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.instruments import INSTRUMENTS
from jobs.privacy.round_rule import NumberRound
from jobs.scoring.counted_round import count_round, lean_of
from storage.records import Role
from storage.records.count_records import EarlierRound
from storage.records.round_records import ClassCounts, Lean, Round, RoundKind
from tests.jobs.privacy.looks import FRIDAY, QUESTION, wave
from tests.jobs.scoring.rounds import counted, nps, umux

AT = wave().closes_at


def test_nps() -> None:
    """NPS keeps its classes and the people at 100, 0 and -100; not the points."""
    found = counted("nps", nps(5, 4, 3))
    assert found.histogram == {-100: 3, 0: 4, 100: 5}
    assert found.classes == ClassCounts(favourable=5, middle=4, unfavourable=3)
    assert (found.n, found.invited, found.askings) == (12, 31, 1)
    assert (found.kind, found.clipped, found.lean, found.items) == (RoundKind.NUMBER, None, None, ())


def test_a_share() -> None:
    """CSAT keeps three classes, and favourable or not."""
    found = counted("csat", [5, 4, 4, 4, 3, 3, 2, 1, 5, 4])
    assert found.histogram == {0: 4, 100: 6}
    assert found.classes == ClassCounts(favourable=6, middle=2, unfavourable=2)


def test_a_mean() -> None:
    """SEQ keeps the people at each point and no classes, which are never shown."""
    found = counted("seq", [5, 6, 7, 4, 6, 5, 7, 6, 5, 6])
    assert found.histogram == {4: 1, 5: 3, 6: 4, 7: 2}
    assert found.classes is None


def test_umux_lite_keeps_its_items() -> None:
    """UMUX-Lite keeps the people at each point of each item."""
    found = counted("umux_lite", umux((4, 7, 2), (3, 5, 6), (3, 6, 6)))
    assert found.items == ({5: 3, 6: 3, 7: 4}, {2: 4, 6: 6})


def test_an_item_that_is_nearly_unanimous_hides_both() -> None:
    """Where all but two chose one point on one item, no item is kept, though the score is."""
    found = counted("umux_lite", umux((4, 7, 2), (4, 7, 6), (2, 6, 6)))
    assert found.histogram
    assert found.items == ()


def test_straight_lines() -> None:
    """SUS keeps how many chose one point all through, and no items."""
    line = dict.fromkeys(range(1, 11), 3)
    best = {item: 5 if item % 2 else 1 for item in range(1, 11)}
    good = {item: 4 if item % 2 else 2 for item in range(1, 11)}
    found = counted("sus", [line] * 3 + [best] * 4 + [good] * 4)
    assert found.straight_lined == 3
    assert found.items == ()


@pytest.mark.parametrize(
    "key,answers,clipped",
    [
        ("nps", nps(8, 1, 1), 100),
        ("nps", nps(1, 10, 1), 0),
        ("csat", [5, 4] * 4 + [3, 1], 100),
        ("csat", [1, 2, 3, 3] * 3 + [4, 5], 0),
        ("umux_lite", umux((8, 7, 7), (2, 1, 1)), 100),
        ("seq", [6] * 12, 6),
    ],
)
def test_a_clipped_round_keeps_its_score_alone(key: str, answers: list[int], clipped: float) -> None:
    """Where all but two or fewer gave one score, that score is all that is kept of the answers."""
    found = counted(key, answers)
    assert found.clipped == clipped
    assert (found.histogram, found.classes, found.items, found.straight_lined) == ({}, None, (), None)


@pytest.mark.parametrize(
    "key,answers,lean",
    [
        ("nps", nps(3, 3, 1), Lean.GOOD),
        ("nps", nps(1, 3, 3), Lean.POOR),
        ("nps", nps(2, 1, 2), Lean.NEITHER),
        ("csat", [5, 4, 3, 3, 1], Lean.GOOD),
        ("csat", [5, 3, 3, 3, 1], Lean.NEITHER),
        ("seq", [6, 6, 1, 1, 6], Lean.GOOD),  # by people, not by their mean
        ("seq", [5, 5, 6, 5, 7], Lean.POOR),
        ("umux_lite", umux((2, 7, 7), (3, 4, 4)), Lean.POOR),
    ],
)
def test_a_word_round_keeps_its_word_alone(key: str, answers: list[int], lean: Lean) -> None:
    """A word round keeps which way more people lean and how many answered."""
    found = counted(key, answers, word=True)
    assert (found.kind, found.lean, found.n) == (RoundKind.WORD, lean, len(answers))
    assert (found.histogram, found.classes, found.items, found.clipped) == ({}, None, (), None)


def test_the_typical_score_leans_nowhere() -> None:
    """Somebody at the typical score of a mean is on neither side."""
    assert lean_of(INSTRUMENTS["sus"], [68, 68, 67.5]) is Lean.POOR
    assert lean_of(INSTRUMENTS["sus"], [68, 68]) is Lean.NEITHER


@pytest.mark.parametrize(
    "common,n,other_n,shared",
    [(0, 12, 12, None), (1, 12, 12, 5), (5, 12, 12, 5), (6, 12, 12, 10), (11, 12, 12, 12), (11, 12, 11, 11)],
)
def test_shared_people(common: int, n: int, other_n: int, shared: int | None) -> None:
    """Common people are rounded up to the next five, at most to the smaller round."""
    first = counted("nps", nps(4, 4, other_n - 8), people=[f"a{i}" for i in range(other_n)])
    names = [f"a{i}" for i in range(common)] + [f"b{i}" for i in range(n - common)]
    second = later(names, (first, frozenset(f"a{i}" for i in range(other_n))))
    assert second.shared.get("r1") == shared


def later(names: list[str], *earlier: tuple[Round, frozenset[str]], named: bool = False) -> Round:
    """A round of these people, with earlier ones."""
    asked = wave(names)
    points = nps(4, 4, len(names) - 8)
    return count_round(
        INSTRUMENTS["nps"],
        NumberRound(waves=(asked,), members=dict.fromkeys(names, asked.id), left_out=frozenset()),
        {name: {1: point} for name, point in zip(names, points, strict=True)},
        id="now",
        question=QUESTION,
        counted_at=earlier[0][0].counted_at + timedelta(days=400 if not named else 0),
        earlier=[EarlierRound(*each) for each in earlier],
    )


def test_with_whom_people_are_shared() -> None:
    """Shared with number rounds of 400 days, confidential with confidential; never with a word round."""
    names = [f"p{i:02}" for i in range(12)]
    first, word, by_name = (
        counted("nps", nps(4, 4, 4), number=1),
        counted("nps", nps(4, 4, 4), number=2, word=True),
        counted("nps", nps(4, 4, 4), number=3, named=True),
    )
    all_of_them = frozenset(names)
    assert later(names, (first, all_of_them)).shared == {"r1": 12}
    assert later(names, (first, all_of_them), (word, all_of_them), (by_name, all_of_them)).shared == {
        "r1": 12
    }
    old = counted("nps", nps(4, 4, 4), number=0)
    assert later(names, (first, all_of_them), (old, all_of_them)).shared == {"r1": 12}


def test_only_members_are_counted() -> None:
    """Answers of others, or too few of them, are no round; nor is an answer that cannot be scored."""
    decision = NumberRound(waves=(wave(["a"]),), members={"a": "w1"}, left_out=frozenset())
    for answers in ({}, {"a": {1: 9}, "b": {1: 9}}, {"b": {1: 9}}, {"a": dict[int, int]()}):
        with pytest.raises(ValueError, match=r"\w"):
            count_round(INSTRUMENTS["nps"], decision, answers, id="r", question=QUESTION, counted_at=AT)
    assert decision.last_day == FRIDAY


@given(st.sampled_from(sorted(INSTRUMENTS)), st.data())
def test_no_stored_count_is_nearly_unanimous(key: str, data: st.DataObject) -> None:
    """T10: no stored histogram, of scores or of an item, has n - 2 people or more at one value."""
    instrument = INSTRUMENTS[key]
    low, high = instrument.scale.low, instrument.scale.high
    point = st.integers(low, high) | st.integers(high - 1, high)
    form = st.fixed_dictionaries(dict.fromkeys(range(1, instrument.item_count + 1), point))
    found = counted(key, data.draw(st.lists(form, min_size=10, max_size=20)))
    counts = [*found.histogram.values(), *(people for item in found.items for people in item.values())]
    assert all(people < found.n - 2 for people in counts)
    assert bool(found.histogram) is (found.clipped is None)


@given(st.lists(st.sampled_from([2, 7, 8, 9, 10]), min_size=10, max_size=20), st.randoms())
def test_who_gave_which_answer_does_not_matter(answers: list[int], random: object) -> None:
    """However the same answers are dealt to the same people, the round is equal."""
    dealt = list(answers)
    random.shuffle(dealt)  # type: ignore[attr-defined]
    assert counted("nps", dealt) == counted("nps", answers)
    assert Counter(dealt) == Counter(answers)


OF_BOTH = [*nps(5, 3, 2), *nps(4, 0, 8)]  # of ten who buy and twelve who use it
ROLES = {f"p{place:02}": Role.BUYS if place < 10 else Role.USES for place in range(23)}


def _split(**more: Any) -> Round:
    """What is kept of ten buyers and twelve users."""
    return counted("nps", OF_BOTH, roles=ROLES, **more)


def test_a_split_by_role() -> None:
    """Each role keeps the people at 100, 0 and -100, and the parts add up to the round."""
    found = _split()
    assert found.by_role == {Role.BUYS: {-100: 2, 0: 3, 100: 5}, Role.USES: {-100: 8, 100: 4}}
    assert found.histogram == {-100: 10, 0: 3, 100: 9}


def test_with_names_or_for_a_word_there_is_none() -> None:
    """Neither a question with names nor a word is kept by role."""
    assert _split(named=True).by_role == {}
    assert _split(word=True).by_role == {}


def test_the_promise_holds_for_each_role() -> None:
    """Where a round needs eleven people, ten buyers are too few."""
    assert _split(need=10).by_role
    assert _split(need=11).by_role == {}


def test_an_earlier_split_of_nearly_the_same_people() -> None:
    """With one of them gone, the next round is not split: the difference would tell the role of one.

    It is where that round was about another product, and where it had no split; a withdrawn one may have had.
    """
    before = counted("nps", [*OF_BOTH, 10], roles=ROLES)
    assert before.by_role
    assert _split(number=2, earlier=(before,)).by_role == {}
    gone = replace(before, by_role={}, withdrawn=True)
    assert _split(number=2, earlier=(gone,)).by_role == {}
    for other in (
        replace(before, by_role={}),
        replace(before, question=replace(QUESTION, product_id="beacon")),
    ):
        assert _split(number=2, earlier=(other,)).by_role

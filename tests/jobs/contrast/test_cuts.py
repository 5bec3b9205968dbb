"""Counts of comments that pick nobody out."""

from collections.abc import Mapping
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.contrast.cuts import Cuts, cut
from jobs.contrast.record import Crossing
from storage.records import Comment, Lens, Sentiment, Touchpoint
from tests.jobs.responses import comment

NEGATIVE, NEUTRAL, POSITIVE = Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE
BILLING, SUPPORT, USABILITY, SPEED, OTHER = (
    Touchpoint.BILLING,
    Touchpoint.SUPPORT,
    Touchpoint.USABILITY,
    Touchpoint.PERFORMANCE,
    Touchpoint.OTHER,
)
Groups = list[tuple[int, Sentiment | None, Touchpoint | None]]
GROUPS = st.lists(
    st.tuples(
        st.integers(0, 14),
        st.sampled_from([None, NEGATIVE, NEUTRAL, POSITIVE]),
        st.sampled_from([None, BILLING, SUPPORT, USABILITY, SPEED, OTHER]),
    ),
    max_size=6,
)
Atoms = frozenset[Touchpoint | str]
EVERYBODY: Atoms = frozenset([*Touchpoint, "no topic", "wrote nothing"])


def written(*groups: tuple[int, Sentiment | None, Touchpoint | None]) -> list[Comment]:
    """So many comments of each tone and topic."""
    kinds = [(tone, topic) for count, tone, topic in groups for _ in range(count)]
    return [comment(f"c{place:03}", tone, topic) for place, (tone, topic) in enumerate(kinds)]


def made(comments: list[Comment], *, n: int = 28, k: int = 5, lens: Lens = Lens.CX) -> Cuts:
    """The cuts of comments on being a customer."""
    return cut(lens, comments, n=n, min_group=k)


def test_the_worked_cuts() -> None:
    """18 of 28 wrote: 11 positive, 7 negative; billing 10, support 8; fewer than 5 are about the product."""
    found = made(written((7, NEGATIVE, BILLING), (3, POSITIVE, BILLING), (8, POSITIVE, SUPPORT)))
    assert found.wrote == 18
    assert found.tone == {NEGATIVE: 7, POSITIVE: 11}
    assert found.topics == ((BILLING, 10), (SUPPORT, 8))
    assert found.crossing == Crossing(comments=18, about_other=None)


@pytest.mark.parametrize("n,wrote", [(9, 9), (28, 4), (28, 0)])
def test_few_answers_or_comments_are_not_cut(n: int, wrote: int) -> None:
    """Under 10 answers or 5 comments nothing is counted, not even who wrote."""
    assert made(written((wrote, NEGATIVE, BILLING)), n=n) == Cuts()


def test_a_small_tone_takes_the_next_with_it() -> None:
    """A rest of 2 could be worked out, so the next smallest tone is hidden with it."""
    assert made(written((11, POSITIVE, BILLING), (5, NEUTRAL, BILLING), (2, NEGATIVE, BILLING))).tone == {
        POSITIVE: 11
    }
    assert made(written((11, POSITIVE, BILLING), (4, NEUTRAL, BILLING), (3, NEGATIVE, BILLING))).tone == {
        POSITIVE: 11
    }


def test_unread_comments_are_in_the_rest() -> None:
    """A comment that is not read yet has no tone; it wrote all the same."""
    found = made(written((10, NEGATIVE, BILLING), (6, None, None)))
    assert (found.wrote, found.tone) == (16, {NEGATIVE: 10})


def test_a_small_topic_takes_the_next_with_it() -> None:
    """18 wrote, so 10 and 6 would leave 2 to be worked out: only the largest is shown."""
    found = made(written((10, NEGATIVE, BILLING), (6, POSITIVE, SUPPORT), (2, POSITIVE, Touchpoint.BRAND)))
    assert found.topics == ((BILLING, 10),)


def test_the_row_of_the_rest_is_no_single_person() -> None:
    """Of 19 who answered 18 wrote: two topics of 9 would leave a rest of one."""
    found = made(written((9, NEGATIVE, BILLING), (9, POSITIVE, SUPPORT)), n=19)
    assert len(found.topics) == 1


def test_other_is_no_topic() -> None:
    """Comments about no known topic are part of the rest."""
    assert made(written((12, NEGATIVE, OTHER), (6, NEGATIVE, BILLING))).topics == ((BILLING, 6),)


def test_all_of_one_kind_among_few_is_not_cut() -> None:
    """Where nine wrote and all complained about billing, who wrote would be known to have complained."""
    found = made(written((9, NEGATIVE, BILLING)))
    assert (found.wrote, found.tone, found.topics) == (9, None, ())
    assert made(written((10, NEGATIVE, BILLING))).tone == {NEGATIVE: 10}
    assert made(written((9, NEGATIVE, USABILITY))).crossing is None


@pytest.mark.parametrize(
    "product_side,customer_side,unknown,crossing",
    [
        (11, 13, 0, Crossing(comments=24, about_other=11)),
        (11, 13, 5, Crossing(comments=24, about_other=11)),
        (4, 14, 0, Crossing(comments=18, about_other=None)),
        (0, 18, 0, Crossing(comments=18, about_other=None)),
        (14, 4, 0, None),
        (18, 0, 0, Crossing(comments=18, about_other=18)),
        (3, 1, 14, None),
        (11, 10, 3, Crossing(comments=24, about_other=11)),
        (1, 14, 3, Crossing(comments=18, about_other=None)),
        (2, 13, 3, None),
    ],
)
def test_crossing(product_side: int, customer_side: int, unknown: int, crossing: Crossing | None) -> None:
    """The number about the other side is shown unless it, or the rest, is too small.

    Comments without a topic are left out of the base only where they are enough, and never hide a "fewer
    than".
    """
    comments = written(
        (product_side, NEGATIVE, USABILITY), (customer_side, NEGATIVE, BILLING), (unknown, NEGATIVE, OTHER)
    )
    assert made(comments, n=40).crossing == crossing


def test_crossing_is_seen_from_each_side() -> None:
    """A comment on using the product is about the other side where it is about being a customer."""
    comments = written((11, NEGATIVE, USABILITY), (13, NEGATIVE, BILLING))
    assert made(comments, lens=Lens.UX).crossing == Crossing(comments=24, about_other=13)


def test_again_only_when_enough_have_changed() -> None:
    """After a shown cut the next is shown when nothing changed or 5 comments did: none in between."""
    comments = written((15, NEGATIVE, BILLING), (15, POSITIVE, SUPPORT))
    shown = made(comments[:20], n=40)
    for more, seen in [(0, True), (1, False), (4, False), (5, True), (10, True)]:
        found = cut(Lens.CX, comments[: 20 + more], n=40, min_group=5, last=shown.cut_from)
        assert (found.wrote is not None) is seen
        assert found.cut_from == (
            tuple(each.id for each in comments[: 20 + more]) if seen else shown.cut_from
        )


def test_what_was_once_shown_is_remembered_over_a_gap() -> None:
    """After a week without counts, the comments are still compared with those last counted."""
    comments = written((20, NEGATIVE, BILLING))
    gap = cut(Lens.CX, comments[:3], n=28, min_group=5, last=made(comments[:12]).cut_from)
    assert gap == Cuts(cut_from=made(comments[:12]).cut_from)
    assert cut(Lens.CX, comments[:13], n=28, min_group=5, last=gap.cut_from).wrote is None


def known(found: Cuts, n: int, lens: Lens) -> dict[Atoms, int]:
    """Every number that a reader of the topics and the crossing knows, with the people that it counts."""
    rows: dict[Atoms, int] = {EVERYBODY: n}
    if found.wrote is not None:
        rows[EVERYBODY - {"wrote nothing"}] = found.wrote
    rows |= {frozenset([topic]): count for topic, count in found.topics}
    if found.crossing and found.crossing.comments != found.wrote:
        rows[frozenset(topic for topic in Touchpoint if topic.lens)] = found.crossing.comments
    if found.crossing and found.crossing.about_other is not None:
        rows[frozenset(topic for topic in Touchpoint if topic.lens is lens.other)] = (
            found.crossing.about_other
        )
    return rows


def worked_out(rows: Mapping[Atoms, int]) -> dict[Atoms, int]:
    """Every group of people whose size follows by adding and subtracting what is known."""
    found: dict[Atoms, int] = {}
    for signs in product((-1, 0, 1), repeat=len(rows)):
        weights: dict[Touchpoint | str, int] = {}
        for sign, atoms in zip(signs, rows, strict=True):
            for atom in atoms if sign else ():
                weights[atom] = weights.get(atom, 0) + sign
        if set(weights.values()) <= {0, 1} and 1 in weights.values():
            size = sum(sign * size for sign, size in zip(signs, rows.values(), strict=True))
            found[frozenset(atom for atom, weight in weights.items() if weight)] = size
    return found


@settings(max_examples=200, deadline=None)
@given(GROUPS, st.integers(0, 12), st.integers(3, 10), st.sampled_from(Lens))
def test_nobody_can_be_worked_out(groups: Groups, silent: int, k: int, lens: Lens) -> None:
    """However tones, topics and crossing are added and subtracted, no group of 1 to under k comes out.

    Those who wrote nothing may be few: they have no tone and no topic that could be learnt.
    """
    comments = written(*groups)
    n = len(comments) + silent
    found = made(comments, n=n, k=k, lens=lens)
    sizes = worked_out(known(found, n, lens))
    del sizes[EVERYBODY]  # how many answered is always told
    wrote = [size - silent if "wrote nothing" in group else size for group, size in sizes.items()]
    assert not [size for size in wrote if 0 < size < k]
    assert not found.topics or not 0 < n - sum(count for _, count in found.topics) < k
    tones = (found.tone or {}).values()
    for picked in (part for size in range(len(tones) + 1) for part in combinations(tones, size)):
        assert not 0 < (found.wrote or 0) - sum(picked) < k
    if found.wrote is not None and found.wrote < 10:
        assert found.wrote not in [*tones, *(count for _, count in found.topics)]


@given(GROUPS, st.integers(0, 12), st.integers(3, 10), st.data())
def test_what_is_shown_is_true(groups: Groups, silent: int, k: int, data: st.DataObject) -> None:
    """Shown numbers are the true counts, at least k, largest first, whatever the order of the comments."""
    comments = written(*groups)
    n = len(comments) + silent
    found = made(comments, n=n, k=k)
    assert found == made(data.draw(st.permutations(comments)), n=n, k=k)
    for tone, count in (found.tone or {}).items():
        assert count == sum(size for size, each, _ in groups if each is tone) >= k
    for topic, count in found.topics:
        assert count == sum(size for size, each_tone, each in groups if each_tone and each is topic) >= k
    assert [count for _, count in found.topics] == sorted((c for _, c in found.topics), reverse=True)


@given(GROUPS, GROUPS, st.integers(3, 10))
def test_two_cuts_differ_by_enough(first: Groups, more: Groups, k: int) -> None:
    """Of two cuts shown one after the other, none or at least k comments are new."""
    comments = written(*first, *more)
    early = sum(count for count, *_ in first)
    before = cut(Lens.CX, comments[:early], n=90, min_group=k)
    now = cut(Lens.CX, comments, n=180, min_group=k, last=before.cut_from)
    if before.wrote and now.wrote:
        assert not 0 < len(comments) - early < k

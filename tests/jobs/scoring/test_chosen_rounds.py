"""Which rounds are shown together."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jobs.scoring.chosen_rounds import ChosenRounds, newest_rounds, rounds_in, stands_alone
from storage.records import Period
from storage.records.round_records import Round
from tests.jobs.scoring.rounds import counted, nps

WEEK = timedelta(weeks=1)


def one(
    number: int, *, channel: str = "C1", subject: str = "", wording: str = "1", word: bool = False
) -> Round:
    """The round of a question; the higher its number, the later it was counted, by four weeks."""
    made = counted("nps", nps(4, 1, 1) if word else nps(6, 3, 3), number=number, word=word)
    question = replace(made.question, channel_id=channel, subject_key=subject, wording=wording)
    day = made.counted_on
    return replace(made, id=f"{channel}{subject}{number}", question=question, first_day=day, last_day=day)


def ids(rounds: Iterable[Round]) -> set[str]:
    """Which rounds these are."""
    return {each.id for each in rounds}


FIRST, SECOND, THIRD = (one(number) for number in (1, 2, 3))


def test_the_newest_round_of_each_question() -> None:
    """Every channel and subject gives its newest round, and the one before it."""
    elsewhere = [one(number, channel="C2") for number in (2, 3)]
    support = one(3, subject="support")
    chosen = newest_rounds([FIRST, SECOND, THIRD, *elsewhere, support])
    assert ids(chosen.now) == {"C13", "C23", "C1support3"}
    assert ids(chosen.before) == {"C12", "C22"}


def test_a_channel_that_is_not_asked_any_more_is_added_no_longer() -> None:
    """Rounds more than six weeks apart are of another time: the newest stands alone."""
    late = one(4, channel="C2")
    assert newest_rounds([FIRST, late]).now == (late,)
    assert ids(newest_rounds([THIRD, late]).now) == {"C13", "C24"}


def test_word_rounds_are_in_no_sum() -> None:
    """Beside a round with figures a word round is left out; where there is no other, it is the word."""
    word = one(3, channel="C2", word=True)
    assert newest_rounds([FIRST, SECOND, THIRD, word]).now == (THIRD,)
    assert newest_rounds([FIRST, SECOND, one(3, word=True)]) == ChosenRounds((one(3, word=True),), (SECOND,))
    other = one(2, word=True)
    assert newest_rounds([other, word]).now == (word,)
    assert newest_rounds([FIRST, other, THIRD]).before == (FIRST,)


def test_another_wording_is_another_question() -> None:
    """Rounds of the wording before are in no sum with those of the new one, and are not before them."""
    changed = one(3, wording="2")
    assert newest_rounds([FIRST, SECOND, changed]) == ChosenRounds((changed,), ())
    assert newest_rounds([one(2, channel="C2"), changed]).now == (changed,)
    assert rounds_in([SECOND, changed], Period(FIRST.counted_at, changed.counted_at + WEEK)).now == (changed,)


def test_withdrawn_rounds_are_in_no_figure() -> None:
    """The round before takes the place of one that was withdrawn."""
    gone = replace(THIRD, withdrawn=True)
    assert newest_rounds([FIRST, SECOND, gone]) == ChosenRounds((SECOND,), (FIRST,))
    assert rounds_in([gone], Period(FIRST.counted_at, gone.counted_at + WEEK)) == ChosenRounds()
    assert newest_rounds([]) == newest_rounds([gone]) == ChosenRounds()


def test_a_period_has_the_rounds_counted_in_it() -> None:
    """All rounds with figures between its ends are added; only without any the newest word is said."""
    period = Period(SECOND.counted_at, THIRD.counted_at)
    assert rounds_in([FIRST, SECOND, THIRD], period) == ChosenRounds((SECOND,), ())
    everything = Period(FIRST.counted_at, THIRD.counted_at + WEEK)
    words = [one(number, word=True) for number in (1, 3)]
    assert rounds_in([words[0], SECOND, words[1]], everything).now == (SECOND,)
    assert rounds_in(words, everything).now == (words[1],)


def test_a_month_names_the_only_round_that_closed_in_it() -> None:
    """A second round of the question in the same month, and its day is needed."""
    assert stands_alone(FIRST, [FIRST, SECOND])
    twin = replace(SECOND, id="twin", first_day=FIRST.first_day, last_day=FIRST.last_day)
    assert not stands_alone(FIRST, [FIRST, twin])


@given(st.permutations([FIRST, SECOND, THIRD, one(3, channel="C2")]))
def test_the_order_does_not_matter(rounds: list[Round]) -> None:
    """The same rounds in any order are the same choice."""
    assert newest_rounds(rounds) == newest_rounds(sorted(rounds, key=lambda each: each.id))


def test_a_period_of_a_minute_or_in_the_future_holds_a_whole_round_or_none() -> None:
    """However short a period is, a round is in it with all its people, or not at all."""
    minute, at = timedelta(minutes=1), SECOND.counted_at
    for start, found in ((at, (SECOND,)), (at - minute, ()), (at + minute, ()), (at + 52 * WEEK, ())):
        assert rounds_in([FIRST, SECOND, THIRD], Period(start, start + minute)).now == found


def test_waiting_until_a_wave_leaves_the_window_tells_no_answer() -> None:
    """Day by day a figure of the last 30 days gains or loses whole rounds, each of ten people or more."""
    rounds = [FIRST, SECOND, THIRD]
    seen = []
    for hours in range(24 * 120):
        now = FIRST.counted_at + timedelta(hours=hours)
        counted_by_then = [each for each in rounds if each.counted_at < now]
        shown = rounds_in(counted_by_then, Period(now - timedelta(days=30), now)).now
        seen.append({each.id: each.n for each in shown})
    for before, after in pairwise(seen):
        assert all(n >= 10 for n in (before | after).values())
        assert all(before[name] == after[name] for name in before.keys() & after.keys())
    assert {len(shown) for shown in seen} == {0, 1, 2}

"""When answers are counted together, rule by rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.privacy.look import Look, is_ready, waited_too_long
from jobs.privacy.round_rule import (
    NumberRound,
    Wait,
    WhyWait,
    WordRound,
    decide,
    look_again_on,
    will_be_counted_on,
)
from storage.records.round_records import RoundKind
from tests.jobs.privacy.looks import FRIDAY, QUESTION, look, mark, people, wave

NEXT = date(2026, 12, 17)


def named() -> Look:
    """The look at a question with names."""
    return look(wave(people(12)), question=replace(QUESTION, named=True))


def members(of: Look) -> dict[str, str]:
    """Who counts, and in which wave; fails where nobody is counted."""
    found = decide(of)
    assert isinstance(found, (NumberRound, WordRound))
    return dict(found.members)


@pytest.mark.parametrize("minutes,ready", [(0, False), (14, False), (15, True), (60, True)])
def test_open_forms_have_fifteen_minutes(minutes: int, *, ready: bool) -> None:
    """A wave is looked at fifteen minutes after its close, not before."""
    closes_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert is_ready(closes_at, closes_at + timedelta(minutes=minutes)) is ready


@pytest.mark.parametrize("days,too_long", [(26 * 7, False), (26 * 7 + 1, True)])
def test_a_wave_waits_26_weeks(days: int, *, too_long: bool) -> None:
    """A waiting wave older than 26 weeks is erased."""
    closes_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert waited_too_long(closes_at, closes_at + timedelta(days=days)) is too_long


@pytest.mark.parametrize(
    "answered,size,scheduled,promise,made",
    [
        # a scheduled question in a large channel: figures from ten, else it waits
        (9, 31, True, 5, Wait),
        (10, 31, True, 5, NumberRound),
        (10, 31, True, 11, Wait),
        (11, 31, True, 11, NumberRound),
        # a small channel: a word from five, figures from ten
        (4, 11, True, 5, Wait),
        (5, 11, True, 5, WordRound),
        (9, 11, True, 5, WordRound),
        (10, 11, True, 5, NumberRound),
        (7, 11, True, 8, Wait),
        (8, 11, True, 8, WordRound),
        (10, 11, True, 11, Wait),
        (11, 11, True, 11, NumberRound),
        (5, 12, True, 5, Wait),
        # asked once, whatever the channel: a word from five to nine
        (4, 31, False, 5, Wait),
        (5, 31, False, 5, WordRound),
        (9, 31, False, 5, WordRound),
        (10, 31, False, 5, NumberRound),
        (9, 31, False, 10, Wait),
    ],
)
def test_how_many_people_a_round_needs(
    answered: int, size: int, *, scheduled: bool, promise: int, made: type
) -> None:
    """Ten for figures, five for a word where words are made, and never fewer than was promised."""
    asked = wave(people(answered), members=size, scheduled=scheduled, promise=promise)
    assert type(decide(look(asked))) is made


def test_the_setting_raises_every_need() -> None:
    """A smallest group of 12 makes figures from 12 and words from 12 on; it never lowers a promise."""
    assert isinstance(decide(look(wave(people(11)), k=12)), Wait)
    assert isinstance(decide(look(wave(people(12)), k=12)), NumberRound)
    assert isinstance(decide(look(wave(people(9), members=11), k=8)), WordRound)
    assert isinstance(decide(look(wave(people(9), members=11, promise=10), k=5)), Wait)


def test_the_largest_promise_of_all_waves_holds() -> None:
    """One wave with a larger promise holds for the round, also where nobody answered it."""
    asked = wave(people(11), number=1, days_ago=7), wave((), number=2, promise=12)
    assert isinstance(decide(look(*asked)), Wait)


def test_waves_wait_for_each_other() -> None:
    """Six people wait; with six others of the next wave they are a round of twelve."""
    first, second = wave(people(6), number=1, days_ago=7), wave(people(6, 6), number=2)
    assert decide(look(first)) == Wait(why=WhyWait.TOO_FEW, until=None, people=6, need=10)
    assert len(members(look(first, second))) == 12


def test_people_count_once() -> None:
    """The same six people in two waves are six."""
    assert isinstance(decide(look(wave(people(6), number=1, days_ago=7), wave(people(6), number=2))), Wait)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_latest_answer_counts(order: tuple[int, ...]) -> None:
    """Of each person the answer in the last wave counts: by close, then by number; given order is nothing."""
    waves = (
        wave(people(12), number=3, days_ago=7),
        wave({"p00", "p01"}, number=1),
        wave({"p01"}, number=2),
    )
    found = members(look(*(waves[place] for place in order)))
    assert [found[person] for person in ("p00", "p01", "p02")] == ["w1", "w2", "w3"]


@pytest.mark.parametrize(
    "first,known,made",
    [(11, 31, WordRound), (31, 11, Wait), (None, 11, WordRound), (None, 12, Wait), (None, None, Wait)],
)
def test_a_channel_is_small_by_its_first_asking(first: int | None, known: int | None, made: type) -> None:
    """The members at the first asking of what waits decide; else the last known number, else not small."""
    asked = wave(people(3), days_ago=7, members=first), wave(people(3, 3), number=2, members=None)
    assert type(decide(look(*asked, known_members=known))) is made


def test_one_scheduled_wave_takes_the_word_away() -> None:
    """Only where none of the waves has a schedule a large channel gets a word."""
    once = wave(people(3), number=1, days_ago=7, scheduled=False)
    assert isinstance(decide(look(once, wave(people(4, 3), number=2, scheduled=False))), WordRound)
    assert isinstance(decide(look(once, wave(people(4, 3), number=2, scheduled=True))), Wait)


@pytest.mark.parametrize(
    "today,weeks,made",
    [
        (date(2026, 12, 16), 4, Wait),
        (NEXT, 4, NumberRound),
        (date(2026, 12, 9), 3, Wait),
        (date(2026, 12, 10), 3, NumberRound),
        (date(2026, 12, 2), 2, Wait),
        (date(2026, 12, 3), 2, NumberRound),
    ],
)
@pytest.mark.parametrize("size", [31, 11])
def test_four_weeks_after_the_last_round(today: date, weeks: int, size: int, made: type) -> None:
    """Counted on 20 November, a question is counted again from 17 December on, figures and words alike."""
    again = look(wave(people(10), members=size), today=today, weeks=weeks, last_round_on=FRIDAY)
    assert type(decide(again)) is made


def test_the_first_round_need_not_wait() -> None:
    """Without an earlier round a question is counted at once."""
    assert isinstance(decide(look(wave(people(10)))), NumberRound)


def test_who_was_counted_lately_is_left_out() -> None:
    """Of eleven, one was counted elsewhere: ten are counted, and the answer of the eleventh goes."""
    found = decide(look(wave(people(11)), marks=(mark("p10", date(2026, 11, 1)),)))
    assert isinstance(found, NumberRound)
    assert found.left_out == {"p10"}
    assert len(found.members) == 10


def test_ten_are_needed_without_those_left_out() -> None:
    """Of ten, one was counted elsewhere on 1 November: all wait until 28 November, then all count."""
    waiting = look(wave(people(10)), marks=(mark("p00", date(2026, 11, 1)),))
    assert decide(waiting) == Wait(why=WhyWait.COUNTED_LATELY, until=date(2026, 11, 28), people=10, need=10)
    assert len(members(replace(waiting, today=date(2026, 11, 28)))) == 10


@pytest.mark.parametrize(
    "change,left_out",
    [
        ({}, True),
        ({"day": date(2026, 10, 25)}, True),
        ({"day": date(2026, 10, 24)}, False),
        ({"instrument": "csat"}, False),
        ({"subject_key": "checkout"}, False),
        ({"product_key": "beacon"}, False),
        ({"named": True}, False),
        ({"kind": RoundKind.WORD}, True),
        ({"kind": RoundKind.WORD, "instrument": "csat"}, False),
    ],
)
def test_the_same_for_figures(change: dict[str, object], *, left_out: bool) -> None:
    """The same is instrument, product and subject, be it that the last round was a word round."""
    found = decide(look(wave(people(12)), marks=(replace(mark("p00"), **change),)))  # type: ignore[arg-type]
    assert isinstance(found, NumberRound)
    assert (found.left_out == {"p00"}) is left_out


@pytest.mark.parametrize(
    "change,left_out",
    [
        ({"instrument": "csat", "subject_key": "checkout"}, True),
        ({"kind": RoundKind.WORD, "instrument": "csat", "subject_key": "checkout"}, True),
        ({"product_key": "beacon"}, False),
        ({"named": True}, False),
    ],
)
def test_the_same_for_a_word(change: dict[str, object], *, left_out: bool) -> None:
    """For a word round the product is enough, whatever the subject and the instrument."""
    asked = wave(people(7), members=11)
    found = decide(look(asked, marks=(replace(mark("p00"), **change),)))  # type: ignore[arg-type]
    assert isinstance(found, WordRound)
    assert (found.left_out == {"p00"}) is left_out


def test_figures_are_tried_before_a_word() -> None:
    """Ten in a small channel are figures, though two of them were counted for something else of Atlas."""
    marks = tuple(mark(person, instrument="csat") for person in ("p00", "p01"))
    found = decide(look(wave(people(10), members=11), marks=marks))
    assert isinstance(found, NumberRound)
    assert not found.left_out


def test_merged_products_are_one() -> None:
    """Who was counted for a product that was merged with this one is left out."""
    asked = look(wave(people(12)), marks=(mark("p00", product_key="beacon"),))
    assert "p00" in members(asked)
    assert "p00" not in members(replace(asked, product_keys=frozenset({"atlas", "beacon"})))


def test_names_leave_nobody_out() -> None:
    """A count with names leaves nobody out because of any other count."""
    assert len(members(replace(named(), marks=(mark("p00"), mark("p01", named=True))))) == 12


def test_a_withdrawn_round_still_starts_the_four_weeks() -> None:
    """The last round's day is told, withdrawn or not; until 17 December everything waits."""
    found = decide(look(wave(people(12)), last_round_on=FRIDAY))
    assert found == Wait(why=WhyWait.FOUR_WEEKS, until=NEXT, people=12, need=10)


def test_nothing_is_counted_within_four_weeks_of_a_restore() -> None:
    """After a restore no question is counted for four weeks, old or new."""
    asked = look(wave(people(12)), restored_on=FRIDAY)
    assert decide(asked) == Wait(why=WhyWait.RESTORED, until=NEXT, people=12, need=10)
    assert isinstance(decide(replace(asked, today=NEXT)), NumberRound)


def test_a_look_has_a_wave() -> None:
    """There is nothing to look at without a wave."""
    with pytest.raises(ValueError, match="needs a wave"):
        look()


def test_the_next_look() -> None:
    """First the question's four weeks, then those of the first who waits; of nobody else."""
    marks = (
        mark("p00", date(2026, 11, 30)),
        mark("p01", date(2026, 12, 2)),
        mark("gone", date(2026, 11, 25)),
    )
    waiting = look(wave(people(10)), marks=marks, last_round_on=FRIDAY, today=date(2026, 12, 3))
    days = []
    while day := look_again_on(waiting):
        days.append(day)
        waiting = replace(waiting, today=day)
    assert days == [NEXT, date(2026, 12, 27), date(2026, 12, 29)]


def test_the_day_of_the_count_is_foretold() -> None:
    """The day that is named is the first on which a look counts; None where more must answer."""
    marks = (mark("p00", date(2026, 11, 10)), mark("p01", date(2026, 11, 12)))
    assert will_be_counted_on(look(wave(people(11)), marks=marks)) == date(2026, 12, 7)
    assert will_be_counted_on(look(wave(people(10)), marks=marks)) == date(2026, 12, 9)
    assert will_be_counted_on(look(wave(people(9)), marks=marks)) is None
    assert will_be_counted_on(look(wave(people(10)))) == FRIDAY


def test_the_days_and_the_invited() -> None:
    """A round runs from its first asking to its last close; invited is the fullest asking, if it can be."""
    found = decide(look(wave(people(9), days_ago=7, members=20), wave(people(9, 5), number=2, members=31)))
    assert isinstance(found, NumberRound)
    assert (found.first_day, found.last_day, found.invited) == (date(2026, 11, 11), FRIDAY, 31)
    fewer = decide(look(wave(people(14), members=13)))
    assert isinstance(fewer, NumberRound)
    assert fewer.invited is None


DAYS = st.integers(0, 70).map(lambda days: FRIDAY - timedelta(days=days))
WAVES = st.lists(
    st.tuples(st.frozensets(st.sampled_from(sorted(people(16)))), st.integers(0, 30), st.booleans()),
    min_size=1,
    max_size=4,
)
MARKS = st.lists(
    st.tuples(st.sampled_from(sorted(people(16))), DAYS, st.sampled_from(RoundKind), st.booleans()),
    max_size=20,
)


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """Any look."""
    waves = [
        wave(answered, number=number, days_ago=days, scheduled=scheduled, members=draw(st.integers(8, 20)))
        for number, (answered, days, scheduled) in enumerate(draw(WAVES), start=1)
    ]
    return look(
        *waves,
        marks=tuple(mark(who, day, kind=kind, named=by_name) for who, day, kind, by_name in draw(MARKS)),
        last_round_on=draw(st.none() | DAYS),
        restored_on=draw(st.none() | DAYS),
        weeks=draw(st.sampled_from([2, 3, 4])),
        question=replace(QUESTION, named=draw(st.booleans())),
    )


@given(looks())
def test_each_answer_is_counted_once_or_erased_or_waits(at: Look) -> None:
    """T7: everybody who answered is a member once, left out, or waits with all the others."""
    found = decide(at)
    if isinstance(found, Wait):
        assert found.until is None or found.until > at.today
        assert found.people == len(at.respondents)
        return
    assert found.members.keys() | found.left_out == at.respondents
    assert not found.members.keys() & found.left_out
    answered = {one.id: one.respondents for one in at.waves}
    assert all(person in answered[in_wave] for person, in_wave in found.members.items())
    assert len(found.members) >= (10 if isinstance(found, NumberRound) else 5)


@given(looks())
def test_no_member_was_counted_within_four_weeks(at: Look) -> None:
    """T9: no member of a round has a mark of the same within four weeks, unless one of the two is by name."""
    found = decide(at)
    if isinstance(found, Wait) or at.question.named:
        return
    recent = {m.respondent for m in at.marks if not m.named and (at.today - m.day).days < 7 * at.weeks - 1}
    assert not found.members.keys() & recent


@given(looks())
def test_nothing_changes_between_looks(at: Look) -> None:
    """While nobody else answers, no day before the next look would count anything."""
    again = look_again_on(at)
    if isinstance(decide(at), Wait):
        last = again or at.today + timedelta(days=60)
        day = at.today + timedelta(days=1)
        while day < last:
            assert isinstance(decide(replace(at, today=day)), Wait)
            day += timedelta(days=1)


@given(looks())
def test_the_foretold_day_comes_true(at: Look) -> None:
    """The rule that names a day is the rule that counts on it."""
    day = will_be_counted_on(at)
    if day:
        assert not isinstance(decide(replace(at, today=day)), Wait)
    else:
        assert isinstance(decide(replace(at, today=at.today + timedelta(days=400))), Wait)

"""What is said of a question before its next score: by the rules of the count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jobs.privacy.look import Look
from jobs.privacy.progress_rule import Progress, Stage, progress_of, ready_at
from storage.records import Wave
from storage.records.round_records import Round
from tests.jobs.privacy import looks
from tests.jobs.privacy.looks import FRIDAY, QUESTION, mark, people
from tests.jobs.responses import wave_of
from tests.jobs.scoring.rounds import counted, nps

CLOSES = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEXT = CLOSES + 24 * DAY
LAST = counted("nps", nps(6, 3, 3), number=0)


def wave(
    *, closes_at: datetime = CLOSES, closed: bool = True, settled: bool = False, answered: int = 7
) -> Wave:
    """A wave of a question with a schedule."""
    made = wave_of("nps")
    return replace(
        made,
        pulse=replace(made.pulse, cadence="every 4 weeks", next_at=NEXT),
        closes_at=closes_at,
        closed_at=closes_at if closed else None,
        settled_at=closes_at + 15 * MINUTE if settled else None,
        counted_at=None,
        answered=answered,
    )


def look(count: int, **others: object) -> Look:
    """What a look at one closed wave with so many answers is told."""
    base = Look(
        question=QUESTION,
        waves=(looks.wave(people(count)),),
        today=FRIDAY,
        last_round_on=None,
        product_keys=frozenset({"atlas"}),
        marks=(),
    )
    return replace(base, **others)  # type: ignore[arg-type] # a test names fields of its own choice


def said(
    waves: Sequence[Wave], at: datetime, *, told: Look | None = None, last: Round | None = None
) -> Progress | None:
    """What is said at a moment."""
    return progress_of(waves, told, last, now=at, weeks=4)


def test_an_open_question() -> None:
    """How many have answered and when it closes; also while an earlier wave waits."""
    earlier = wave(closes_at=CLOSES - 7 * DAY, settled=True)
    found = said([wave(closed=False), earlier], CLOSES - MINUTE, told=look(3))
    assert found
    assert (found.stage, found.answers, found.at, found.counts_from) == (Stage.OPEN, 7, CLOSES, None)


def test_an_open_question_whose_four_weeks_outlast_it() -> None:
    """Where it closes before the four weeks are over, that is said while it is open."""
    counted_on = FRIDAY - 10 * DAY
    last = replace(LAST, counted_at=datetime.combine(counted_on, datetime.min.time(), UTC))
    found = said([wave(closed=False)], CLOSES - MINUTE, last=last)
    assert found
    assert (found.counted_on, found.counts_from) == (counted_on, counted_on + 27 * DAY)
    long_ago = replace(last, counted_at=last.counted_at - 17 * DAY)
    found = said([wave(closed=False)], CLOSES - MINUTE, last=long_ago)
    assert found
    assert found.counts_from is None


def test_the_last_forms_may_still_come_in() -> None:
    """The moment is promised only where the count would make a round of the answers so far."""
    enough = said([wave()], CLOSES + MINUTE, told=look(12))
    few = said([wave()], CLOSES + MINUTE, told=look(7))
    assert enough
    assert few
    assert (enough.stage, enough.answers, enough.at) == (Stage.COUNTING, 12, CLOSES + 16 * MINUTE)
    assert (few.stage, few.answers, few.at, few.score_from) == (Stage.COUNTING, 7, None, 10)


def test_a_late_close_is_still_counting() -> None:
    """A question whose time is up and whose buttons have not gone yet promises no more than its moment."""
    found = said([wave(closed=False)], CLOSES + MINUTE)
    assert found
    assert (found.stage, found.answers, found.at) == (Stage.COUNTING, 7, CLOSES + 16 * MINUTE)


@pytest.mark.parametrize("told", [None, look(7), look(12)], ids=["unread", "few", "enough"])
def test_a_count_that_has_not_come_is_late(told: Look | None) -> None:
    """After the promised moment nothing is promised any more: it is said when it should have been counted."""
    ready = CLOSES + 16 * MINUTE
    at_it, after = (said([wave()], at, told=told) for at in (ready, ready + MINUTE))
    assert at_it
    assert after
    assert at_it.stage is Stage.COUNTING
    assert (after.stage, after.at) == (Stage.LATE, ready)
    assert after.answers == (len(told.respondents) if told else 7)


def test_a_question_that_nobody_answered_waits_for_nothing() -> None:
    """Beside a score it is not spoken of, and hides no withdrawn one; before the first score it is."""
    empty = [wave(settled=True, answered=0)]
    assert said(empty, CLOSES + DAY, told=look(0), last=LAST) is None
    gone = said(empty, CLOSES + DAY, told=look(0), last=replace(LAST, withdrawn=True))
    assert gone
    assert gone.stage is Stage.WITHDRAWN
    never = said(empty, CLOSES + DAY, told=look(0))
    assert never
    assert (never.stage, never.answers) == (Stage.TOO_FEW, 0)


def test_a_wait_that_is_over_is_not_about_forms() -> None:
    """What waited and can be counted today is late until it is counted; no open form is spoken of."""
    found = said([wave(settled=True)], CLOSES + DAY, told=look(12))
    assert found
    assert (found.stage, found.answers, found.at) == (Stage.LATE, 12, None)


@pytest.mark.parametrize(
    "told,stage,need,word,counts_from",
    [
        (look(7), Stage.TOO_FEW, 10, None, None),
        (look(3, waves=(looks.wave(people(3), members=9),)), Stage.TOO_FEW, 10, 5, None),
        (look(3, waves=(looks.wave(people(3), promise=12),)), Stage.TOO_FEW, 12, None, None),
        (look(12, last_round_on=FRIDAY - 10 * DAY), Stage.FOUR_WEEKS, 10, None, FRIDAY + 17 * DAY),
        (look(12, restored_on=FRIDAY - 10 * DAY), Stage.RESTORED, 10, None, FRIDAY + 17 * DAY),
        (
            look(12, marks=tuple(mark(person, FRIDAY - 10 * DAY) for person in people(5))),
            Stage.COUNTED_LATELY,
            10,
            None,
            FRIDAY + 17 * DAY,
        ),
    ],
    ids=["few", "few in a small channel", "few by promise", "four weeks", "restored", "counted lately"],
)
def test_why_answers_wait(
    told: Look, stage: Stage, need: int, word: int | None, counts_from: date | None
) -> None:
    """Each reason is the true one, with the need of this very question and the day that the count gives."""
    found = said([wave(settled=True)], CLOSES + DAY, told=told)
    assert found
    assert (found.stage, found.score_from, found.word_from) == (stage, need, word)
    assert found.counts_from == counts_from
    assert found.asked_next == NEXT


def test_a_paused_schedule_asks_no_more() -> None:
    """Of a paused question, and of one asked once, no next asking is named."""
    waits = wave(settled=True)
    for pulse in (replace(waits.pulse, paused=True), replace(waits.pulse, cadence=None)):
        found = said([replace(waits, pulse=pulse)], CLOSES + DAY, told=look(3))
        assert found
        assert found.asked_next is None


def test_a_withdrawn_round() -> None:
    """It is named while nothing waits and no later round stands; a standing round leaves nothing to say."""
    gone = replace(LAST, withdrawn=True)
    found = said([], CLOSES, last=gone)
    assert found
    assert (found.stage, found.counted_on) == (Stage.WITHDRAWN, gone.counted_on)
    assert said([], CLOSES, last=LAST) is None
    assert said([], CLOSES) is None


@pytest.mark.parametrize(
    "closes,ready",
    [("10:00:00", "10:16"), ("10:00:30", "10:16"), ("08:44:59", "09:00"), ("08:45:00", "09:01")],
)
def test_when_it_is_ready(closes: str, ready: str) -> None:
    """Fifteen minutes for open forms, and a minute in which the count comes."""
    day = datetime(2026, 11, 20, tzinfo=UTC)
    at = ready_at(datetime.combine(day, datetime.strptime(closes, "%H:%M:%S").time(), UTC))  # noqa: DTZ007
    assert f"{at:%H:%M:%S}" == f"{ready}:00"

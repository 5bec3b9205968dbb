"""What stands between the answers of a question and its next score: the true reason, what comes next. Pure.

It asks the very rules by which the count decides, so that no sentence can promise what the count does not do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from jobs.privacy.look import Look
from jobs.privacy.repeat_rule import four_weeks_after
from jobs.privacy.round_rule import Wait, WhyWait, decide, needed, needed_for_a_word, will_be_counted_on
from storage.records import Wave
from storage.records.round_records import GRACE, Round

MINUTE = timedelta(minutes=1)


class Stage(StrEnum):
    """Where the answers of a question are that no round counts yet."""

    OPEN = "open"  # the question can be answered
    COUNTING = "counting"  # it has closed, and the last forms may still come in
    LATE = "late"  # it should have been counted by now
    TOO_FEW = "too_few"  # fewer people have answered than the next round needs
    FOUR_WEEKS = "four_weeks"  # its last round is less than four weeks ago
    COUNTED_LATELY = "counted_lately"  # enough answered, but some were counted for the same lately
    RESTORED = "restored"  # the database was restored from a copy less than four weeks ago
    WITHDRAWN = "withdrawn"  # nothing waits, and the last round was taken out of every figure


STAGES = {
    WhyWait.RESTORED: Stage.RESTORED,
    WhyWait.FOUR_WEEKS: Stage.FOUR_WEEKS,
    WhyWait.TOO_FEW: Stage.TOO_FEW,
    WhyWait.COUNTED_LATELY: Stage.COUNTED_LATELY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is said of a question about its next score.

    `answers` is how many people have answered, of how many `invited` where that is known. `score_from` is how
    many a score needs, `word_from` how many a word needs (None: no word is made). `at` is when the question
    closes, or when its score is ready or, of a late one, should have been; None where the count would make no
    round of the answers so far. `counted_on` is the day (UTC) of its last round, `counts_from` the first day
    on which these answers may be counted. `asked_next` is when its schedule asks again, on the clocks of
    `zone`.
    """

    channel_id: str
    stage: Stage
    answers: int = 0
    invited: int | None = None
    score_from: int | None = None
    word_from: int | None = None
    at: datetime | None = None
    counted_on: date | None = None
    counts_from: date | None = None
    asked_next: datetime | None = None
    zone: str = "UTC"

    @property
    def next_day(self) -> date | None:
        """The day on which its schedule asks again, on the schedule's clock; None where none does."""
        return self.asked_next.astimezone(ZoneInfo(self.zone)).date() if self.asked_next else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedWait:
    """What the answers of a closed question wait for.

    `counted_on` is the day (UTC) on which they are counted if nobody else answers; None: they need others,
    `score_from` people for a score, `word_from` for a word (None: no word is made).
    """

    counted_on: date | None
    score_from: int
    word_from: int | None


def ready_at(closes_at: datetime) -> datetime:
    """When a question that closes then is counted at the latest: its last forms are in, and a minute more."""
    return (closes_at + GRACE).replace(second=0, microsecond=0) + MINUTE


def progress_of(
    waves: Sequence[Wave], look: Look | None, last: Round | None, *, now: datetime, weeks: int
) -> Progress | None:
    """What is said of a question; None where nothing waits and its last round stands.

    `waves` are those that no round counts yet, newest first. `look` is what the next look at those that have
    closed will be told, None where none has. `last` is the newest round, be it withdrawn.
    """
    opened = next((wave for wave in waves if wave.open_at(now)), None)
    if opened:
        return _open(opened, last, weeks)
    closing = [wave for wave in waves if wave.settled_at is None]
    if closing or (waves and (last is None or any(wave.answered for wave in waves))):
        return _closed(waves[0], closing, look, now)
    if last and last.withdrawn:
        return Progress(
            channel_id=last.question.channel_id, stage=Stage.WITHDRAWN, counted_on=last.counted_on
        )
    return None


def closed_wait(look: Look) -> ClosedWait | None:
    """What is said under a question that has closed; None where this look counts it."""
    day = will_be_counted_on(look)
    if day == look.today:
        return None
    return ClosedWait(counted_on=day, score_from=needed(look), word_from=needed_for_a_word(look))


def _open(wave: Wave, last: Round | None, weeks: int) -> Progress:
    """An open question; where the four weeks of its last round outlast it, that is said too."""
    found = replace(_of(wave), stage=Stage.OPEN, answers=wave.answered, at=wave.closes_at)
    if last is None:
        return found
    over = four_weeks_after(last.counted_on, weeks)
    if over <= ready_at(wave.closes_at).astimezone(UTC).date():
        return found
    return replace(found, counted_on=last.counted_on, counts_from=over)


def _closed(newest: Wave, closing: Sequence[Wave], look: Look | None, now: datetime) -> Progress:
    """Closed waves: what the count will say of them, or has said; or that it is late."""
    ready = ready_at(max(wave.closes_at for wave in closing)) if closing else None
    if ready and ready < now:
        answers = len(look.respondents) if look else sum(wave.answered for wave in closing)
        return replace(_of(newest), stage=Stage.LATE, answers=answers, at=ready)
    if look is None:
        return replace(_of(newest), answers=sum(wave.answered for wave in closing), at=ready)
    most = max((wave.members for wave in look.waves if wave.members is not None), default=0)
    found = replace(
        _of(newest),
        answers=len(look.respondents),
        invited=most if most >= len(look.respondents) else None,
        score_from=needed(look),
        word_from=needed_for_a_word(look),
    )
    decision = decide(look)
    if not isinstance(decision, Wait):
        return replace(found, at=ready) if closing else replace(found, stage=Stage.LATE)
    stage = STAGES[decision.why]
    if stage is Stage.TOO_FEW:
        return found if closing else replace(found, stage=stage)
    since = look.last_round_on if stage is Stage.FOUR_WEEKS else None
    return replace(found, stage=stage, counted_on=since, counts_from=decision.until)


def _of(wave: Wave) -> Progress:
    pulse = wave.pulse
    asked_next = None if pulse.paused or pulse.cadence is None else pulse.next_at
    return Progress(channel_id=pulse.channel_id, stage=Stage.COUNTING, asked_next=asked_next, zone=pulse.zone)

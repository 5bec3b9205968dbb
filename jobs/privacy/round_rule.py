"""When answers are counted together, whose answers, and when the next look is worth it. Pure.

A question is counted in rounds: of ten people or more, at least four weeks after its last round, and without
anybody who was counted for the same lately. Small channels, and questions asked once, get a word from five
people on. Whether and when a round is made depends on who answered and on dates, never on what was answered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date
from enum import StrEnum

from jobs.privacy.look import ClosedWave, Look
from jobs.privacy.repeat_rule import counted_lately, four_weeks_after, is_same
from storage.records.round_records import RoundKind

NUMBER_FROM = 10
"""People from whom on a round has figures."""
WORD_FROM = 5
"""People from whom on a round has a word."""
SMALL_CHANNEL = 12
"""Members from whom on a channel is not small."""


class WhyWait(StrEnum):
    """Why answers wait for the next look; the first that holds."""

    RESTORED = "restored"  # the database was restored from a copy less than four weeks ago
    FOUR_WEEKS = "four_weeks"  # the question's last round is less than four weeks ago
    TOO_FEW = "too_few"  # fewer people answered than a round needs
    COUNTED_LATELY = "counted_lately"  # enough answered, but some of them were counted for the same lately


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing is counted. `until` is the next day on which a look is worth it; None: when more have answered.

    `people` is how many have answered, `need` how many the next round needs, be it for a word.
    """

    why: WhyWait
    until: date | None
    people: int
    need: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """These waves are counted together.

    `members` says in which wave each person gave the answer that counts. Every other answer in these waves is
    erased: older ones of members, and those of people who are `left_out`.
    """

    waves: tuple[ClosedWave, ...]
    members: Mapping[str, str]
    left_out: frozenset[str]

    @property
    def first_day(self) -> date:
        """The day (UTC) on which the first of the waves was asked."""
        return min(wave.opened_at for wave in self.waves).astimezone(UTC).date()

    @property
    def last_day(self) -> date:
        """The day (UTC) on which the last of the waves closed."""
        return max(wave.closes_at for wave in self.waves).astimezone(UTC).date()

    @property
    def invited(self) -> int | None:
        """How many could answer, at the fullest asking; None: not known, or fewer than answered."""
        most = max((wave.members for wave in self.waves if wave.members is not None), default=0)
        return most if most >= len(self.members) else None


class NumberRound(_Counted):
    """These waves are counted together, with figures."""


class WordRound(_Counted):
    """These waves are counted together, for a word and nothing else."""


def decide(look: Look) -> NumberRound | WordRound | Wait:
    """Whether the waves of a question are counted now, and whose answers: of each person the last."""
    waves = tuple(sorted(look.waves, key=lambda wave: wave.place))
    latest = {person: wave.id for wave in waves for person in wave.respondents}
    for why, since in ((WhyWait.RESTORED, look.restored_on), (WhyWait.FOUR_WEEKS, look.last_round_on)):
        if since and look.today < four_weeks_after(since, look.weeks):
            return _wait(look, why)
    rounds = ((RoundKind.NUMBER, needed(look)), (RoundKind.WORD, needed_for_a_word(look)))
    for kind, need in rounds:
        left_out = counted_lately(look, kind) & latest.keys()
        members = {person: wave for person, wave in latest.items() if person not in left_out}
        if need is not None and len(members) >= need:
            made = NumberRound if kind is RoundKind.NUMBER else WordRound
            return made(waves=waves, members=members, left_out=left_out)
    return _wait(look, WhyWait.TOO_FEW)


def number_from(promise: int) -> int:
    """How many people a round with figures needs: ten, or more where more was promised."""
    return max(NUMBER_FROM, promise)


def word_from(promise: int) -> int:
    """How many people a word round needs, where one may be made: five, or more where more was promised."""
    return max(WORD_FROM, promise)


def is_small(members: int | None) -> bool:
    """Whether a channel with so many people in it (None: not known) gets a word for fewer answers."""
    return members is not None and members < SMALL_CHANNEL


def needed(look: Look) -> int:
    """How many people the next round with figures needs."""
    return number_from(look.promise)


def needed_for_a_word(look: Look) -> int | None:
    """How many people a word round needs: five, or more where more was promised; None where none is made.

    Word rounds are made in small channels, by the members at the first asking of what waits, and where none
    of the waves belongs to a schedule.
    """
    first = min(look.waves, key=lambda wave: (wave.opened_at, wave.number))
    members = look.known_members if first.members is None else first.members
    if is_small(members) or not any(wave.scheduled for wave in look.waves):
        return word_from(look.promise)
    return None


def look_again_on(look: Look) -> date | None:
    """The next day on which a look is worth it without any new answer; None: there is no such day.

    That is the day on which the four weeks of the question are over; after it the first day on which those of
    somebody are who waits in it.
    """
    starts = [day for day in (look.last_round_on, look.restored_on) if day]
    over = max((four_weeks_after(day, look.weeks) for day in starts), default=look.today)
    if over > look.today:
        return over
    kind = RoundKind.NUMBER if needed_for_a_word(look) is None else RoundKind.WORD
    waiting = look.respondents
    counted_on = {
        mark.day
        for mark in look.marks
        if mark.respondent in waiting and is_same(look.question, mark, kind, look.product_keys)
    }
    days = (four_weeks_after(day, look.weeks) for day in counted_on)
    return min((day for day in days if day > look.today), default=None)


def will_be_counted_on(look: Look) -> date | None:
    """The first day on which these answers are counted if nobody else answers; None: they need others."""
    return next((at.today for at in _looks(look) if not isinstance(decide(at), Wait)), None)


def _wait(look: Look, why: WhyWait) -> Wait:
    people, word = len(look.respondents), needed_for_a_word(look)
    need = needed(look) if word is None else word
    if why is WhyWait.TOO_FEW and people >= need:
        why = WhyWait.COUNTED_LATELY
    return Wait(why=why, until=look_again_on(look), people=people, need=need)


def _looks(look: Look) -> Iterator[Look]:
    """This look and those that follow it."""
    yield look
    while day := look_again_on(look):
        look = replace(look, today=day)
        yield look

"""Gathers what a score or a contrast is made of: whole rounds, and what stands before the next one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from slack_sdk.web.async_client import AsyncWebClient

from jobs.cadence import asked_next, still_to_come
from jobs.contrast import OpenQuestion, SideInput
from jobs.instruments import INSTRUMENTS
from jobs.privacy.look import CountSettings
from jobs.privacy.progress_rule import Progress, Stage, progress_of, ready_at
from jobs.scoring.chosen_rounds import ChosenRounds, newest_rounds, rounds_in, stands_alone
from jobs.scoring.counting_look import look_of
from jobs.scoring.level import CountedRound
from jobs.slack.permalink import permalink
from storage.pulses.asked_questions import asks
from storage.records import (
    AskedQuestion,
    Edition,
    Lens,
    OldRound,
    Period,
    Product,
    Question,
    Round,
    Wave,
)
from storage.store import Store

WHOLE_ROUNDS = 18  # newest ones of a question: a change looks back 32 weeks, a count comes every two at most


@dataclass(frozen=True, slots=True)
class Topic:
    """What a figure is about: an instrument and its side, asked with names or without, here or elsewhere.

    `source` is where imported answers came from; empty for what was asked here.
    """

    instrument: str
    lens: Lens
    named: bool
    source: str = ""

    @classmethod
    def of(cls, question: Question) -> "Topic":
        """What a figure with the rounds of a question is about."""
        return cls(question.instrument, question.lens, question.named, question.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRounds:
    """What was ever asked about a product in some channels, and all its rounds, also withdrawn ones.

    `older` are rounds that are too old to be shown, by question; the level and the ids are made of them too.
    """

    team_id: str
    product: Product
    questions: tuple[AskedQuestion, ...]
    rounds: tuple[Round, ...]
    older: Mapping[Question, Sequence[OldRound]] = field(default_factory=dict)

    def topics(self, lens: Lens) -> list[Topic]:
        """What was asked on a side; what speaks for the side comes first: what was asked without names."""
        found = {
            Topic.of(asked.question)
            for asked in self.questions
            if asked.question.lens is lens and asked.question.instrument in INSTRUMENTS
        }
        return sorted(found, key=lambda one: (one.source, one.named, INSTRUMENTS[one.instrument].rank))

    def questions_of(self, topic: Topic) -> list[AskedQuestion]:
        """The questions that a figure is about."""
        return [asked for asked in self.questions if Topic.of(asked.question) == topic]

    def rounds_of(self, topic: Topic) -> list[Round]:
        """The rounds of these questions, oldest first."""
        return [one for one in self.rounds if Topic.of(one.question) == topic]

    def older_of(self, topic: Topic) -> list[OldRound]:
        """The older rounds of these questions, in no order."""
        found = (rounds for question, rounds in self.older.items() if Topic.of(question) == topic)
        return list(chain.from_iterable(found))

    @property
    def all_rounds(self) -> Iterator[CountedRound]:
        """All rounds, old or not, in no order."""
        return chain(self.rounds, *self.older.values())

    @property
    def standing(self) -> tuple[str, ...]:
        """The ids of the rounds that figures are made of."""
        return tuple(sorted(one.id for one in self.all_rounds if not one.withdrawn))


async def load_asked_rounds(
    store: Store,
    *,
    team_id: str,
    product: Product,
    channels: Collection[str],
    lost: Collection[str] = (),
    shown: Collection[str] = (),
    instrument: str | None = None,
    period: Period | None = None,
    all_whole: bool = False,
) -> AskedRounds:
    """What was asked about a product in these channels, and the rounds of it.

    Of channels that are `lost` only the rounds that were `shown` before are known still, and nothing waits.
    The newest rounds of each question, and those from the start of a `period` on, are among the rounds; the
    others are `older`, unless all are wanted whole. With an `instrument`, there are only rounds of it.
    """
    both = (*channels, *lost)
    older: Mapping[Question, Sequence[OldRound]] = {}
    if all_whole:
        rounds: Sequence[Round] = await store.rounds.about(
            team_id, both, product_id=product.id, instrument=instrument, withdrawn=True
        )
    else:
        since = period.start if period else None
        rounds, older = await store.rounds.long_story(
            team_id,
            both,
            product_id=product.id,
            instrument=instrument,
            whole=WHOLE_ROUNDS,
            since=since,
        )

    def is_known(one: CountedRound) -> bool:
        return one.question.channel_id not in lost or one.id in shown

    questions = await store.questions.asked(team_id, both, product_id=product.id)
    return AskedRounds(
        team_id=team_id,
        product=product,
        questions=tuple(
            replace(asked, uncounted=()) if asked.question.channel_id in lost else asked
            for asked in questions
        ),
        rounds=tuple(filter(is_known, rounds)),
        older={question: list(filter(is_known, old)) for question, old in older.items()} if lost else older,
    )


async def side_input(
    store: Store,
    topic: Topic,
    asked: AskedRounds,
    *,
    period: Period | None,
    counting: CountSettings,
    client: AsyncWebClient | None = None,
    last: Edition | None = None,
    now: datetime,
) -> SideInput:
    """One side: its newest rounds, or those of a period, with what was before and what is to come.

    Where nothing was counted in the period, the newest rounds stand before it. With a `client`, an open
    question gets its link.
    """
    rounds = asked.rounds_of(topic)
    chosen = _chosen(rounds, period)
    questions = asked.questions_of(topic)
    progress = [await _progress(store, each, rounds, counting, now=now) for each in questions]
    return SideInput(
        instrument=topic.instrument,
        rounds=chosen,
        story=tuple(one for one in rounds if period is None or one.counted_at < period.end),
        older=tuple(asked.older_of(topic)),
        counted_since_last=last is None or any(counted_since(last, one) for one in chosen.now),
        before_in_month=len(chosen.before) == 1 and stands_alone(chosen.before[0], rounds),
        channels=_channels(chosen.now or questions),
        progress=tuple(each for each in progress if each),
        open_question=await _open_question(store, questions, client, now=now),
    )


def _channels(of: Sequence[Round | AskedQuestion]) -> tuple[str, ...]:
    """Where these were asked: of a score its own channels, not one whose answers still wait."""
    return tuple(sorted({each.question.channel_id for each in of}))


def counted_since(last: Edition, one: Round) -> bool:
    """Whether a round is not among those of an edition.

    It is known by the rounds themselves, since a round may be counted as of a moment before it is written.
    Editions of an older version do not say which rounds they hold.
    """
    known = last.figures.get("rounds")
    return one.id not in known if isinstance(known, list) else one.counted_at >= last.period.end


def _chosen(rounds: Sequence[Round], period: Period | None) -> ChosenRounds:
    if period is None:
        return newest_rounds(rounds)
    found = rounds_in(rounds, period)
    return found if found.now else ChosenRounds(before=newest_rounds(rounds).now)


async def _progress(
    store: Store, asked: AskedQuestion, rounds: Iterable[Round], counting: CountSettings, *, now: datetime
) -> Progress | None:
    """What stands before the next round of a question, as the count itself would decide."""
    own = [one for one in rounds if one.question == asked.question]
    closed = [wave for wave in asked.uncounted if wave.closed_at is not None]
    look = None
    if closed:
        at = max([now, *(ready_at(wave.closes_at) for wave in closed)])
        given = await store.rounds.waiting(asked.question.team_id, asked.id, at=at)
        look = look_of(given, k=counting.k, weeks=counting.weeks) if given else None
    last = own[-1] if own else None
    found = progress_of(asked.uncounted, look, last, now=now, weeks=counting.weeks)
    if found and found.asked_next and found.asked_next < now:
        pulse = next(wave.pulse for wave in asked.uncounted if wave.pulse.next_at == found.asked_next)
        found = replace(found, asked_next=asked_next(pulse, now))
    if found is None or found.stage is not Stage.TOO_FEW or found.asked_next:
        return found
    of = asked.question
    planned = await store.questions.planned(of.team_id, [of.channel_id], product_id=of.product_id)
    same = [each for each in planned if asks(each, of)]  # another one than asked last
    soonest = next(iter(still_to_come(same, now)), None)
    return replace(found, asked_next=soonest.next_at, zone=soonest.zone) if soonest else found


async def _open_question(
    store: Store, questions: Iterable[AskedQuestion], client: AsyncWebClient | None, *, now: datetime
) -> OpenQuestion | None:
    waves = (wave for each in questions for wave in each.uncounted if wave.open_at(now))
    wave = next(iter(sorted(waves, key=_opened, reverse=True)), None)
    if wave is None:
        return None
    post = await store.outbox.post_for(wave.team_id, wave.id)
    slack_ts = post.slack_ts if post else None
    return OpenQuestion(
        channel_id=wave.pulse.channel_id,
        closes_at=wave.closes_at,
        has_form=INSTRUMENTS[wave.pulse.instrument].has_form,
        slack_ts=slack_ts,
        link=await permalink(client, wave.pulse.channel_id, slack_ts) if client and slack_ts else None,
    )


def _opened(wave: Wave) -> datetime:
    return wave.opened_at

"""Gathers what a score or a contrast is made of: the answers counted in a period, and those before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from jobs.contrast import OpenQuestion, SideInput
from jobs.instruments import INSTRUMENTS
from jobs.slack.permalink import permalink
from storage.records import AskedQuestion, Lens, Period, Product, Response, Wave
from storage.store import Store

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a figure is about: a product, an instrument and its side, in some channels."""

    team_id: str
    product: Product
    channels: tuple[str, ...]
    instrument: str
    lens: Lens


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWaves:
    """What was ever asked about a product in some channels, and the waves that no figure counts yet."""

    questions: tuple[AskedQuestion, ...]
    uncounted: tuple[Wave, ...]

    def instruments(self, lens: Lens) -> list[str]:
        """The instruments of a side; the one that speaks for the side comes first."""
        keys = {asked.instrument for asked in self.questions if asked.lens is lens}
        return sorted(keys & set(INSTRUMENTS), key=lambda key: INSTRUMENTS[key].rank)

    def channels(self, question: Question) -> tuple[str, ...]:
        """Where a question was asked."""
        about = (question.instrument, question.lens)
        return tuple(
            sorted({asked.channel_id for asked in self.questions if (asked.instrument, asked.lens) == about})
        )

    def uncounted_of(self, question: Question) -> list[Wave]:
        """The waves of a question that no figure counts yet, newest first."""
        return [wave for wave in self.uncounted if _asks(wave, question)]


async def load_asked_waves(
    store: Store, *, team_id: str, product: Product, channels: Collection[str]
) -> AskedWaves:
    """What was asked about a product in these channels, what was taken down left out."""
    questions = await store.products.asked_about(team_id, channels, product_id=product.id)
    uncounted = await store.waves.uncounted(team_id, channels, product_id=product.id)
    return AskedWaves(questions=tuple(questions), uncounted=tuple(uncounted))


async def side_input(
    store: Store,
    question: Question,
    asked: AskedWaves,
    *,
    period: Period,
    client: AsyncWebClient | None = None,
    now: datetime,
) -> SideInput:
    """One side's answers of a period, and those of the time before, which they are compared with.

    Where nothing was counted in the period, the last wave counted before takes its place, and `asked_on`
    is its close. With a `client`, an open question gets its link.
    """
    uncounted = asked.uncounted_of(question)
    responses = await _counted(store, question, period)
    asked_on = None
    if not responses:
        last = await _last_counted(store, question, before=period.end)
        if last:
            asked_on, period = last.closes_at, _moment(last)
            responses = await _counted(store, question, period)
    before_period = period.previous if asked_on is None else None
    before = await _counted(store, question, before_period) if before_period else []
    if not before and (last := await _last_counted(store, question, before=period.start)):
        before_period = _moment(last)
        before = await _counted(store, question, before_period)
    return SideInput(
        instrument=question.instrument,
        responses=responses,
        before=before,
        before_period=before_period if before else None,
        channels=asked.channels(question),
        invited=_invited(await _counted_waves(store, question, period)),
        asked_on=asked_on,
        open_question=await _open_question(store, uncounted, client, now=now),
        waiting=sum(wave.answered for wave in uncounted),
    )


async def _counted(store: Store, question: Question, period: Period) -> list[Response]:
    responses = await store.responses.counted(
        question.team_id,
        product_id=question.product.id,
        channels=question.channels,
        period=period,
        instrument=question.instrument,
    )
    return [response for response in responses if response.wave.pulse.lens is question.lens]


def _asks(wave: Wave, question: Question) -> bool:
    return wave.pulse.instrument == question.instrument and wave.pulse.lens is question.lens


def _moment(wave: Wave) -> Period:
    """The period of exactly this wave and those that were counted together with it."""
    assert wave.counted_at is not None  # noqa: S101 - only counted waves come here
    return Period(wave.counted_at, wave.counted_at + INSTANT)


async def _last_counted(store: Store, question: Question, *, before: datetime) -> Wave | None:
    return await store.rounds.last_counted(
        question.team_id,
        question.channels,
        product_id=question.product.id,
        instrument=question.instrument,
        lens=question.lens,
        before=before,
    )


async def _counted_waves(store: Store, question: Question, period: Period) -> list[Wave]:
    waves = await store.rounds.counted(
        question.team_id,
        question.channels,
        product_id=question.product.id,
        since=period.start,
        until=period.end,
    )
    return [wave for wave in waves if _asks(wave, question)]


def _invited(waves: Sequence[Wave]) -> int | None:
    """How many could answer: per channel the most that any of its waves reached; None when one is unknown."""
    reached: dict[str, int] = {}
    for wave in waves:
        if wave.invited is None:
            return None
        channel = wave.pulse.channel_id
        reached[channel] = max(reached.get(channel, 0), wave.invited)
    return sum(reached.values()) or None


async def _open_question(
    store: Store, waves: Sequence[Wave], client: AsyncWebClient | None, *, now: datetime
) -> OpenQuestion | None:
    wave = next((wave for wave in waves if wave.open_at(now)), None)
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

"""Keeps what people answer: checked against the item's scale and the wave's state, then committed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from jobs.answers.respondent_key import Respondents
from jobs.answers.unanswerable import NoAnswer, TakenDown, TooLate, Unanswerable
from jobs.instruments import INSTRUMENTS
from jobs.privacy.repeat_rule import CountedBefore, counted_before
from jobs.privacy.round_rule import is_small, number_from, word_from
from storage.pulses.asked_questions import subject_key
from storage.records import (
    GRACE,
    AnswerKey,
    AnswerRules,
    Label,
    NewComment,
    Pulse,
    Question,
    Rating,
    Recorded,
    Response,
    RoleSaid,
    Wave,
)
from storage.store import Store

LOG = logging.getLogger(__name__)
Kept = TypeVar("Kept")
Given = ParamSpec("Given")
Classify = Callable[[str], Label]
WRITE_LIMIT = 2.3  # seconds: under the 3 that Slack waits, whatever the database does
CLOCKS_APART = timedelta(seconds=30)  # Slack's and ours, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerer:
    """Who answers which wave, as Slack names them, when they acted, and from which side of Slack Connect."""

    team_id: str
    user_id: str
    wave_id: str
    at: datetime
    external: bool = False


async def within_time_limit(write: Awaitable[Kept]) -> Kept:
    """The write's outcome, or TimeoutError in time to tell the person that it was not saved.

    A commit that is under way is not cut off, and does no harm; what still waits for its turn is left out.
    """
    async with asyncio.timeout(WRITE_LIMIT):
        return await write


def in_time(verb: Callable[Given, Awaitable[Kept]]) -> Callable[Given, Awaitable[Kept]]:
    """The same verb, which raises TimeoutError in time: what it reads first may take long too."""

    @wraps(verb)
    async def limited(*args: Given.args, **named: Given.kwargs) -> Kept:
        return await within_time_limit(verb(*args, **named))

    return limited


@in_time
async def record_click(
    store: Store, respondents: Respondents, answerer: Answerer, *, item: int, point: int, now: datetime
) -> Recorded:
    """Keep one point of a question with buttons.

    Raises Unanswerable for what is not on offer and TooLate after the close; both change nothing.
    """
    points = {item: point}
    rules = await _rules(store, answerer, points=points, buttons=True)
    ratings = _ratings(_key(respondents, answerer, rules), answerer, points)
    code = respondents.confidential(answerer.team_id, answerer.user_id)
    return _taken(await store.answers.record(ratings, now=now, code=code))


@in_time
async def send_form(
    store: Store,
    respondents: Respondents,
    answerer: Answerer,
    *,
    points: Mapping[int, int],
    comment: NewComment | None,
    now: datetime,
) -> Recorded:
    """Keep all items of a form and its comment in one write; taken until 15 minutes after the close."""
    rules = await _rules(store, answerer, points=points, buttons=False)
    ratings = _ratings(_key(respondents, answerer, rules), answerer, points)
    code = respondents.confidential(answerer.team_id, answerer.user_id)
    return _taken(await store.answers.record(ratings, comment=comment, now=now, grace=GRACE, code=code))


@in_time
async def send_comment(
    store: Store,
    respondents: Respondents,
    answerer: Answerer,
    *,
    comment: NewComment | None,
    said: RoleSaid | None = None,
    now: datetime,
) -> Wave:
    """Keep the comment of a person answerer has answered; taken until 15 minutes after the close.

    None leaves their comment as it is. Raises NoAnswer without an answer of theirs for it to stand beside.
    """
    wave, response = await own_answer(store, respondents, answerer)
    if now >= wave.closes_at + GRACE or wave.settled_at is not None:
        raise TooLate(wave, answered=response is not None)
    if not await store.answers.comment(_key(respondents, answerer, wave.pulse), comment, said):
        raise NoAnswer
    return wave


@in_time
async def take_back(
    store: Store, respondents: Respondents, answerer: Answerer, *, now: datetime
) -> tuple[Wave, bool]:
    """Erase this person's answer and comment in a wave that is still open; whether anything went.

    Clicks are in the order of Slack's clock. A form has no time of Slack's and is in ours, so the click that
    takes it back is too, unless it is an old one that comes again.
    """
    wave, response = await own_answer(store, respondents, answerer)
    if not wave.open_at(now):
        raise TooLate(wave, answered=response is not None)
    fresh = abs(now - answerer.at) < CLOCKS_APART
    at = now if INSTRUMENTS[wave.pulse.instrument].has_form and fresh else answerer.at
    return wave, await store.answers.take_back(_key(respondents, answerer, wave.pulse), at=at)


async def own_answer(
    store: Store, respondents: Respondents, answerer: Answerer
) -> tuple[Wave, Response | None]:
    """The wave and what this person has answered in it; raises Unanswerable as `find` does."""
    wave = await find(store, answerer)
    return wave, await store.responses.response_of(_key(respondents, answerer, wave.pulse))


async def find(store: Store, answerer: Answerer) -> Wave:
    """The wave; raises Unanswerable when there is none, and TakenDown."""
    wave = await store.waves.get(answerer.team_id, answerer.wave_id)
    if wave is None or wave.taken_down:
        raise TakenDown if wave else Unanswerable
    return wave


async def counted_lately(store: Store, kept: Recorded, *, now: datetime, weeks: int) -> CountedBefore | None:
    """When somebody who answers for the first time was counted for the same; None where it counts at once."""
    if not kept.marks:
        return None
    wave, pulse = await store.waves.with_first_size(kept.wave), kept.wave.pulse
    question = Question(
        team_id=wave.team_id,
        channel_id=pulse.channel_id,
        product_id=pulse.product.id,
        subject_key=subject_key(pulse.subject, pulse.product.keys),
        lens=pulse.lens,
        instrument=pulse.instrument,
        wording=str(wave.ui_version),
        named=pulse.named,
    )
    return counted_before(
        question,
        kept.marks,
        product_keys=pulse.product.keys,
        today=now.astimezone(UTC).date(),
        weeks=weeks,
        may_be_word=word_from(wave.promise) < number_from(wave.promise)
        and (is_small(wave.invited) or pulse.asked_once),
    )


def new_comment(text: str, *, may_quote: bool, classify: Classify, now: datetime) -> NewComment:
    """A comment with its label; should classifying fail, it is kept without and labelled by a later tick."""
    label = None
    try:
        label = classify(text) if text else None
    except Exception as error:  # noqa: BLE001 - the comment matters more than its label
        LOG.error("classifying failed: %s", type(error).__name__)  # noqa: TRY400 - a trace may quote the text
    return NewComment(text=text, may_quote=may_quote and bool(text), label=label, written_at=now)


async def _rules(
    store: Store, answerer: Answerer, *, points: Mapping[int, int], buttons: bool
) -> AnswerRules:
    """The wave's rules, once the points are found to be on offer in it; no more is read before the write."""
    rules = await store.waves.answer_rules(answerer.team_id, answerer.wave_id)
    instrument = INSTRUMENTS.get(rules.instrument) if rules else None
    if rules is None or instrument is None or instrument.has_form is buttons:
        raise Unanswerable
    if set(points) != set(range(1, instrument.item_count + 1)):
        raise Unanswerable
    if any(point not in instrument.scale for point in points.values()):
        raise Unanswerable
    return rules


def _taken(recorded: Recorded) -> Recorded:
    if recorded.wave.taken_down:
        raise TakenDown
    if recorded.closed:
        raise TooLate(recorded.wave, answered=bool(recorded.points))
    return recorded


def _key(respondents: Respondents, answerer: Answerer, rules: Pulse | AnswerRules) -> AnswerKey:
    """The key under which the answer is kept; from here on nobody needs the person's own id."""
    return AnswerKey(
        team_id=answerer.team_id,
        wave_id=answerer.wave_id,
        respondent=respondents.of(rules, answerer.user_id),
    )


def _ratings(key: AnswerKey, answerer: Answerer, points: Mapping[int, int]) -> list[Rating]:
    return [
        Rating(
            team_id=key.team_id,
            wave_id=key.wave_id,
            respondent=key.respondent,
            item=item,
            point=point,
            clicked_at=answerer.at,
            external=answerer.external,
        )
        for item, point in sorted(points.items())
    ]

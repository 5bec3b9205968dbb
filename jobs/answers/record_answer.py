"""Keeps what people answer: checked against the item's scale and the wave's state, then committed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from jobs.answers.respondent_key import Respondents
from jobs.instruments import INSTRUMENTS
from storage.records import GRACE, AnswerRules, Label, NewComment, Rating, Recorded, Wave, WaveHeader
from storage.store import Store

LOG = logging.getLogger(__name__)
Kept = TypeVar("Kept")
Classify = Callable[[str], Label]
WRITE_LIMIT = 2.3  # seconds: under the 3 that Slack waits, whatever the database does
CLOCKS_APART = timedelta(seconds=30)  # Slack's and ours, at most


class Unanswerable(Exception):
    """No such wave, item or point: a forged payload, or a question that was taken down."""


class TooLate(Exception):
    """The wave has closed; `wave` says when."""

    def __init__(self, wave: WaveHeader) -> None:
        super().__init__(wave.id)
        self.wave = wave


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who answers which wave, when it was clicked (or sent), and from which side of Slack Connect."""

    team_id: str
    user_id: str
    wave_id: str
    at: datetime
    external: bool = False


async def record_click(
    store: Store, respondents: Respondents, who: Who, *, item: int, point: int, now: datetime
) -> Recorded:
    """Keep one point of a question with buttons.

    Raises Unanswerable for what is not on offer and TooLate after the close; both change nothing.
    """
    rules = await _rules(store, who, points={item: point}, buttons=True)
    ratings = _ratings(respondents, who, rules, {item: point})
    return _taken(await within_time_limit(store.answers.record(ratings, now=now)))


async def send_form(
    store: Store,
    respondents: Respondents,
    who: Who,
    *,
    points: Mapping[int, int],
    comment: NewComment | None,
    now: datetime,
) -> Recorded:
    """Keep all items of a form and its comment in one write; taken until 15 minutes after the close."""
    rules = await _rules(store, who, points=points, buttons=False)
    ratings = _ratings(respondents, who, rules, points)
    return _taken(
        await within_time_limit(store.answers.record(ratings, comment=comment, now=now, grace=GRACE))
    )


async def send_comment(
    store: Store, respondents: Respondents, who: Who, *, comment: NewComment, now: datetime
) -> Wave:
    """Keep the comment of a person who has answered; taken until 15 minutes after the close.

    Raises Unanswerable when there is no answer of theirs for it to stand beside.
    """
    wave = await find(store, who)
    if now >= wave.closes_at + GRACE or wave.settled_at is not None:
        raise TooLate(wave)
    kept = await within_time_limit(
        store.answers.comment(
            team_id=who.team_id,
            wave_id=wave.id,
            respondent=respondents.of(wave.pulse, who.user_id),
            comment=comment,
        )
    )
    if not kept:
        raise Unanswerable
    return wave


async def take_back(store: Store, respondents: Respondents, who: Who, *, now: datetime) -> Wave:
    """Erase this person's answer and comment in a wave that is still open.

    Clicks are in the order of Slack's clock. A form has no time of Slack's and is in ours, so the click that
    takes it back is too, unless it is an old one that comes again.
    """
    wave = await find(store, who)
    if not wave.open_at(now):
        raise TooLate(wave)
    fresh = abs(now - who.at) < CLOCKS_APART
    at = now if INSTRUMENTS[wave.pulse.instrument].has_form and fresh else who.at
    await within_time_limit(
        store.answers.take_back(
            team_id=who.team_id,
            wave_id=wave.id,
            respondent=respondents.of(wave.pulse, who.user_id),
            at=at,
        )
    )
    return wave


async def find(store: Store, who: Who) -> Wave:
    """The wave, or Unanswerable when there is none or it was taken down."""
    wave = await store.waves.get(who.team_id, who.wave_id)
    if wave is None or wave.taken_down:
        raise Unanswerable
    return wave


def new_comment(text: str, *, may_quote: bool, classify: Classify, now: datetime) -> NewComment:
    """A comment with its label; should classifying fail, it is kept without and labelled by a later tick."""
    label = None
    try:
        label = classify(text) if text else None
    except Exception as error:  # noqa: BLE001 - the comment matters more than its label
        LOG.error("classifying failed: %s", type(error).__name__)  # noqa: TRY400 - a trace may quote the text
    return NewComment(text=text, may_quote=may_quote and bool(text), label=label, written_at=now)


async def within_time_limit(write: Awaitable[Kept]) -> Kept:
    """The write's outcome, or TimeoutError in time to tell the person; a late commit does no harm."""
    return await asyncio.wait_for(asyncio.shield(asyncio.ensure_future(write)), WRITE_LIMIT)


async def _rules(store: Store, who: Who, *, points: Mapping[int, int], buttons: bool) -> AnswerRules:
    """The wave's rules, once the points are found to be on offer in it; no more is read before the write."""
    rules = await store.waves.answer_rules(who.team_id, who.wave_id)
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
        raise Unanswerable
    if recorded.closed:
        raise TooLate(recorded.wave)
    return recorded


def _ratings(
    respondents: Respondents, who: Who, rules: AnswerRules, points: Mapping[int, int]
) -> list[Rating]:
    respondent = respondents.of(rules, who.user_id)
    return [
        Rating(
            team_id=who.team_id,
            wave_id=who.wave_id,
            respondent=respondent,
            item=item,
            point=point,
            clicked_at=who.at,
            external=who.external,
        )
        for item, point in sorted(points.items())
    ]

"""Loads the story of a product: the rounds of both sides, or of one instrument, and their picture."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from jobs.cadence import still_to_come
from jobs.contrast import Side
from jobs.contrast.side import build_side, history_of
from jobs.figures.gather_rounds import AskedRounds, Topic, load_asked_rounds, side_input
from jobs.figures.picture_sides import draw_story
from jobs.instruments import INSTRUMENTS
from jobs.messages.wording import why_not
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import WhichProduct, subjects
from jobs.privacy.look import CountSettings
from jobs.slack.directory import Directory
from jobs.slack.pacing import for_answer
from jobs.slack.upload import NoPicture, Uploads
from storage.records import Lens, OutcomeFigure, Period, Picture, Product
from storage.store import Store

LOG = logging.getLogger(__name__)
MOST_ROUNDS = 26  # of a side in one answer
MOST_OUTCOMES = 200  # figures from elsewhere that are looked at
PICTURE_LIMIT = 7.0  # seconds; an answer is worth more than its picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The rounds of a product's sides, and when the next one is asked for each; `picture` where there is one.

    `notes` are sentences about what is not read; `earlier` is how many rounds of a side are not shown.
    `outcomes` are the figures from elsewhere, newest first; none where one instrument was asked for.
    """

    product: Product
    sides: tuple[Side, ...]
    next_asked: dict[Lens, date]
    notes: tuple[str, ...]
    picture: Picture | None = None
    earlier: int = 0
    outcomes: tuple[OutcomeFigure, ...] = ()


async def load_trend(
    store: Store,
    directory: Directory,
    uploads: Uploads,
    requester: Requester,
    *,
    product: str | None,
    instrument: str | None,
    period: Period | None,
    counting: CountSettings,
) -> Trend:
    """The last six rounds of each side, or those of a period.

    Raises Refused where no such question was asked, and WhichProduct where several products could be meant.
    """
    about = await subjects(store, directory, requester, product)
    if len(about.found) > 1:
        raise WhichProduct([each for each, _ in about.found])
    read_about, channels = about.found[0]
    asked = await load_asked_rounds(
        store, team_id=requester.team_id, product=read_about, channels=channels, all_whole=True
    )
    topics = _topics(asked, instrument)
    if not topics:
        nothing = why_not.nothing_asked(read_about.name, instrument)
        raise Refused(why_not.nothing_read(read_about.name, about.notes) if about.notes else nothing)
    shown = [
        await _side(store, topic, asked, requester, period=period, counting=counting) for topic in topics
    ]
    sides = tuple(side for side, _ in shown)
    planned = await store.questions.planned(requester.team_id, channels, product_id=read_about.id)
    next_asked = {
        pulse.lens: pulse.next_at.astimezone(ZoneInfo(pulse.zone)).date()
        for pulse in reversed(still_to_come(planned, requester.now))
        if pulse.next_at
        and (pulse.instrument, pulse.lens) in {(each.instrument, each.lens) for each in topics}
    }
    picture = await _picture(uploads, sides, read_about.name, team_id=requester.team_id)
    return Trend(
        product=read_about,
        sides=sides,
        next_asked=next_asked,
        notes=about.said,
        picture=picture,
        earlier=max(earlier for _, earlier in shown),
        outcomes=() if instrument else await _outcomes(store, read_about, period),
    )


async def _outcomes(store: Store, product: Product, period: Period | None) -> tuple[OutcomeFigure, ...]:
    """The figures from elsewhere about a product, or those of a period."""
    found = await store.outcomes.about(product.team_id, product.id, most=MOST_OUTCOMES)
    first, last = (period.start.date(), period.end.date()) if period else (date.min, date.max)
    return tuple(each.figure for each in found if first <= each.figure.day <= last)


def _topics(asked: AskedRounds, instrument: str | None) -> list[Topic]:
    """What speaks for each side, or the instrument that was named; what was asked without names first."""
    found = ([t for t in asked.topics(lens) if instrument in {None, t.instrument}] for lens in Lens)
    return [topics[0] for topics in found if topics]


async def _side(
    store: Store,
    topic: Topic,
    asked: AskedRounds,
    requester: Requester,
    *,
    period: Period | None,
    counting: CountSettings,
) -> tuple[Side, int]:
    """The side with its rounds, and how many earlier ones of the period have no room."""
    given = await side_input(store, topic, asked, period=None, counting=counting, now=requester.now)
    side = build_side(topic.lens, given, min_group=counting.k)
    rows = history_of(INSTRUMENTS[topic.instrument], given.story, most=len(given.story) or 1)
    if period is None:
        return side, len(rows) - len(side.history)
    first, last = period.start.date(), period.end.date()
    rows = tuple(row for row in rows if first <= row.last_day <= last)
    return replace(side, history=rows[:MOST_ROUNDS]), len(rows[MOST_ROUNDS:])


async def _picture(
    uploads: Uploads, sides: tuple[Side, ...], product: str, *, team_id: str
) -> Picture | None:
    """The picture of the rounds, if it can be had soon; an answer does without."""
    if not uploads.possible:
        return None
    try:
        async with asyncio.timeout(for_answer(PICTURE_LIMIT)):
            drawn = await asyncio.to_thread(draw_story, sides, product)
            if drawn is None:
                return None
            png, words = drawn
            return Picture(file=await uploads.upload(png, name="history", words=words), words=words)
    except (NoPicture, TimeoutError) as error:
        LOG.info("a trend for team %s goes without its picture: %s", team_id, str(error) or "too slow")
    except Exception:  # a picture is never worth an answer
        LOG.exception("the picture of a trend for team %s failed", team_id)
    return None

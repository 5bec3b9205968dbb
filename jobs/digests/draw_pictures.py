"""Draws the two pictures of an edition and brings them to Slack, while its message waits for them.

A digest never fails for its pictures, and never waits longer than `publish` says: whatever goes wrong here,
its message is let go without them; and should this process die, the time that was set for it runs out.
"""

import asyncio
import logging
from datetime import datetime
from functools import partial

from jobs.contrast import from_json
from jobs.figures.picture_sides import Drawn, draw_story, draw_strips
from jobs.slack.upload import NoPicture, Uploads
from jobs.steps import Item, StepRunner
from storage.records import Edition, Picture
from storage.store import Store

LOG = logging.getLogger(__name__)
TIME_LIMIT = 15.0  # seconds for both pictures; what is left of 30 is for Slack to process them


async def draw_due(store: Store, uploads: Uploads, runner: StepRunner, *, now: datetime) -> None:
    """Give every edition that waits at `now` its pictures, or let it go without."""
    waiting = await store.editions.without_pictures(now)
    items = [
        Item(
            name=f"the pictures of edition {edition.id} of team {edition.team_id}",
            run=partial(give_pictures, store, uploads, edition),
        )
        for edition in waiting
    ]
    await runner.run_all(items, now=now)


async def give_pictures(store: Store, uploads: Uploads, edition: Edition) -> None:
    """Keep the pictures of an edition and let its message be sent: with what was got within 15 seconds."""
    got: dict[str, Picture] = {}
    try:
        async with asyncio.timeout(TIME_LIMIT):
            await _bring(uploads, edition, got)
    except (NoPicture, TimeoutError) as error:
        if uploads.possible:  # that none is taken at all was said once
            LOG.warning(
                "edition %s of team %s goes without %s: %s",
                edition.id,
                edition.team_id,
                "its history" if got else "its pictures",
                str(error) or "they took too long",
            )
    except Exception:  # a picture is never worth a digest
        LOG.exception("the pictures of edition %s of team %s failed", edition.id, edition.team_id)
    await store.editions.keep_pictures(edition, strips=got.get("strips"), history=got.get("history"))


async def _bring(uploads: Uploads, edition: Edition, got: dict[str, Picture]) -> None:
    """Draw in a thread of its own, then bring one picture after the other."""
    if not uploads.possible:
        return
    drawn = await asyncio.to_thread(draw, edition)
    for name, (picture, words) in drawn.items():
        got[name] = Picture(file=await uploads.upload(picture, name=name, words=words), words=words)


def draw(edition: Edition) -> dict[str, Drawn]:
    """The pictures of an edition by name, in the order in which they are wanted."""
    contrast = from_json(edition.figures)
    story = draw_story((contrast.cx, contrast.ux), contrast.product)
    return {"strips": draw_strips(contrast)} | ({"history": story} if story else {})

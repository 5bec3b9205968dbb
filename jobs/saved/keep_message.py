"""Keeps a message that somebody saves, or what is said in passing: once, under the key of its author."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from jobs.answers.record_answer import Classify, new_comment, within_time_limit
from jobs.answers.respondent_key import Respondents
from jobs.messages.layout.saved_ids import MessageToSave
from jobs.messages.saved import saved_words
from jobs.permissions.known_names import may_know
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from jobs.slack.permalink import MessageGone, link_to
from storage.records import Label, Lens, NewSaved, Origin, Product, SavedMessage
from storage.saved.saved_messages import Kept, TooMany
from storage.store import Store

MOST_SAID = 20  # by one person on one day (UTC)
LOOK_LIMIT = 1.2  # seconds for what Slack has to be asked before a form is answered


class ProductGone(Exception):
    """Raised where the chosen product is not there any more, or this person may not know of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a message: `kept` of it, who wrote it, its link where Slack gives one.

    `own` says that its author saved it.
    """

    kept: Kept
    product: Product
    origin: Origin
    author_id: str
    link: str | None
    own: bool


class MayBeSaved(TimeoutError):
    """Raised where the database is slow. Of a message, `end` gives what becomes of it."""

    def __init__(self, end: Awaitable[Saved] | None = None) -> None:
        super().__init__("it may be saved or not")
        self.end = end


def mark_of(respondents: Respondents, team_id: str, channel_id: str, ts: str) -> str:
    """The mark of a message, by which it is saved once."""
    return respondents.mark(team_id, "message", channel_id, ts)


async def origin_of(directory: Directory, respondents: Respondents, requester: Requester) -> Origin:
    """Where the message stands that the requester saves: only a public channel is kept by its id.

    Raises SlackUnavailable where Slack does not tell whether it is one.
    """
    team_id, channel_id = requester.team_id, requester.channel_id
    channel = await directory.channel(team_id, channel_id)
    if channel is not None and not channel.private:
        return Origin(channel_id=channel_id)
    return Origin(
        place=place_of(respondents, team_id, channel_id),
        saver=respondents.confidential(team_id, requester.user_id),
    )


def place_of(respondents: Respondents, team_id: str, channel_id: str) -> str:
    """The keyed hash of a private conversation."""
    return respondents.mark(team_id, "place", channel_id)


async def save_message(
    store: Store,
    directory: Directory,
    respondents: Respondents,
    requester: Requester,
    message: MessageToSave,
    *,
    client: AsyncWebClient,
    classify: Classify,
    product_id: str,
    lens: Lens | None,
) -> Saved:
    """Keep a message, about a product that the requester may know of; `requester.channel_id` is its channel.

    All in time to answer the form: raises TimeoutError where Slack is slow, and then nothing is kept, and
    MayBeSaved where the database is, which goes on then. Raises Refused for guests and for a message that is
    gone, ProductGone, and SlackUnavailable.
    """
    author_id = respondents.unsealed(requester.team_id, message.author, within=message.ts)
    product = await store.products.get(requester.team_id, product_id)
    if product is None:
        raise ProductGone
    async with asyncio.timeout(LOOK_LIMIT):
        await require_saver(directory, requester)
        if not await may_know(store, directory, requester, product):
            raise ProductGone
        origin = await origin_of(directory, respondents, requester)
        try:
            link = await link_to(client, message.channel_id, message.ts)
        except MessageGone:
            raise Refused(saved_words.DELETED) from None
    new = NewSaved(
        team_id=requester.team_id,
        product_id=product.id,
        mark=mark_of(respondents, requester.team_id, message.channel_id, message.ts),
        author=respondents.confidential(requester.team_id, author_id),
        text=message.text,
        lens=lens,
        origin=origin,
        label=_label(message.text, classify, requester),
        saved_on=requester.now.date(),
    )

    async def keep() -> Saved:
        kept = await store.saved.keep(new)
        own = author_id == requester.user_id
        return Saved(kept=kept, product=product, origin=origin, author_id=author_id, link=link, own=own)

    keeping = asyncio.create_task(keep())
    try:
        return await within_time_limit(asyncio.shield(keeping))
    except TimeoutError:
        raise MayBeSaved(keeping) from None


async def require_saver(directory: Directory, requester: Requester) -> None:
    """Raise Refused for whoever may not save messages of others: all but full members."""
    try:
        await require_full_member(directory, requester.team_id, requester.user_id)
    except Refused:
        raise Refused(saved_words.NOT_FULL) from None


async def say(
    store: Store,
    respondents: Respondents,
    classify: Classify,
    requester: Requester,
    *,
    product: Product,
    text: str,
    lens: Lens | None,
) -> SavedMessage:
    """Keep what the requester says about a product; the same words again on the same day are kept once.

    Raises Refused where they have said enough for a day, and MayBeSaved where the database is slow.
    """
    team_id, author = requester.team_id, respondents.confidential(requester.team_id, requester.user_id)
    day = requester.now.date()
    new = NewSaved(
        team_id=team_id,
        product_id=product.id,
        mark=respondents.mark(team_id, "said", author, product.id, day.isoformat(), text),
        author=author,
        text=text,
        lens=lens,
        origin=Origin(),
        label=_label(text, classify, requester),
        saved_on=day,
        said=True,
    )
    try:
        kept = await within_time_limit(store.saved.keep(new, most_in_a_day=MOST_SAID))
    except TooMany:
        raise Refused(saved_words.enough_said(MOST_SAID)) from None
    except TimeoutError:
        raise MayBeSaved from None
    assert kept.message is not None  # noqa: S101 - of what was said nothing stays once it is removed
    return kept.message


def _label(text: str, classify: Classify, requester: Requester) -> Label | None:
    """What the classifier reads; should it fail, a later tick labels the message."""
    return new_comment(text, may_quote=False, classify=classify, now=requester.now).label

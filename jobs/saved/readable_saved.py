"""Which saved messages a person may read here.

They are read by those who lead a question about the product in this channel or a source of its digests, and
by workspace admins. Where a person chose a side, only leads of questions of that side read it, once one is
asked anywhere; the side that Bifocal read in the words binds nobody. A message of a private conversation is
read by none of these leads but who saved it, and who asks in that very conversation; one of a public channel
that is private by now as well.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jobs.answers.respondent_key import Respondents
from jobs.messages.saved.saved_list import Listed
from jobs.permissions.leads import is_admin, is_lead
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Subject, subjects
from jobs.saved.keep_message import place_of
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import Lens, SavedMessage, Sentiment, Touchpoint
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which messages are wanted; None leaves it open."""

    lens: Lens | None = None
    sentiment: Sentiment | None = None
    touchpoint: Touchpoint | None = None
    wish: bool | None = None

    def fits(self, message: SavedMessage) -> bool:
        """Whether a message is among them; one of no side is of both."""
        if self.lens and message.lens not in {None, self.lens}:
            return False
        if self.sentiment and message.sentiment is not self.sentiment:
            return False
        if self.wish not in {None, message.is_wish}:
            return False
        return self.touchpoint is None or self.touchpoint in message.touchpoints


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSaved:
    """The messages about one product that a person may read, in an order drawn from a seed."""

    product: str
    listed: Sequence[Listed]


async def load_saved(
    store: Store,
    directory: Directory,
    respondents: Respondents,
    requester: Requester,
    choice: Choice,
    *,
    product: str | None,
    seed: int,
) -> FoundSaved | None:
    """The messages about the named product or the first with any; None where there is none to read.

    Raises Refused where nothing about that product may be read here.
    """
    about = await subjects(store, directory, requester, product)
    for subject in about.found:
        readable = await _readable(store, directory, respondents, requester, subject)
        found = [each for each in readable if choice.fits(each.message)]
        if found:
            found.sort(key=lambda each: random.Random(f"{seed}/{each.message.id}").random())  # noqa: S311 - an order
            return FoundSaved(product=subject[0].name, listed=found)
    return None


async def may_correct(
    store: Store, directory: Directory, respondents: Respondents, requester: Requester, saved: SavedMessage
) -> bool:
    """Whether a person may read a message here, and so say what its tone is, or hide it."""
    about = await subjects(store, directory, requester, saved.product.name)
    readable = await _readable(store, directory, respondents, requester, about.found[0])
    return saved.id in {each.message.id for each in readable}


async def _readable(
    store: Store, directory: Directory, respondents: Respondents, requester: Requester, subject: Subject
) -> list[Listed]:
    product, channels = subject
    messages = await store.saved.about(requester.team_id, product.id)
    if not messages:
        return []
    admin = await is_admin(directory, requester.team_id, requester.user_id)
    asked = await store.pulses.about(product.team_id, product.id)
    pulses = [each for each in asked if each.channel_id in channels]
    sides = {each.lens for each in asked}
    led = {each.lens for each in pulses if await is_lead(directory, each, requester.user_id)}
    seen = await _public(directory, requester.team_id, messages)
    was_there = _was_there(respondents, requester)
    found = []
    for each in messages:
        channel = each.origin.channel_id
        open_to_all = each.said or channel in seen
        leads = each.chosen in led if each.chosen in sides else bool(led)
        if admin or (leads and (open_to_all or was_there(each))):
            see_channel = channel in seen or channel == requester.channel_id
            found.append(Listed(message=each, see_channel=see_channel))
    return found


def _was_there(respondents: Respondents, requester: Requester) -> Callable[[SavedMessage], bool]:
    """What says whether a person has seen a message: they saved it, or ask where it was written."""
    here = place_of(respondents, requester.team_id, requester.channel_id)
    key = respondents.confidential(requester.team_id, requester.user_id)
    return lambda saved: (
        saved.origin.place == here
        or saved.origin.saver == key
        or saved.origin.channel_id == requester.channel_id
    )


async def _public(directory: Directory, team_id: str, messages: Sequence[SavedMessage]) -> set[str]:
    """The channels of messages that are still public, as far as Slack tells."""
    asked = sorted({each.origin.channel_id for each in messages if each.origin.channel_id})

    async def look(channel_id: str) -> bool:
        try:
            channel = await directory.channel(team_id, channel_id)
        except SlackUnavailable:
            return False
        return channel is not None and not channel.private

    told = await asyncio.gather(*map(look, asked))
    return {each for each, public in zip(asked, told, strict=True) if public}

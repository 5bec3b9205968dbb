"""Which comments a person may read here, within the privacy rule."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from jobs.messages.lead.comments_page import PER_PAGE
from jobs.messages.wording import why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Subject, subjects
from jobs.slack.directory import Directory
from storage.records import Lens, Period, Response, Sentiment, Touchpoint
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A choice of comments of a period; None leaves the rest open."""

    period: Period
    lens: Lens | None = None
    sentiment: Sentiment | None = None
    touchpoint: Touchpoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableComments:
    """Three comments of `total` that fit, all of one product, each with the response that it belongs to.

    `names` are the names of people who answered with their name, by the id of their comment; `notes` are
    sentences about sources that may not be read now.
    """

    responses: Sequence[Response]
    product: str
    total: int
    names: dict[str, str]
    notes: tuple[str, ...]


async def load_comments(
    store: Store,
    directory: Directory,
    requester: Requester,
    wanted: Wanted,
    *,
    product: str | None,
    offset: int,
    seed: int,
) -> ReadableComments:
    """The comments of a page, of the named product or of the first with any.

    `seed` draws their order, so that the pages of one reader fit together and the order says nothing. Raises
    Refused as `readable_comments` does, and where no comment fits.
    """
    about = await subjects(store, directory, requester, product)
    found = await _first_found(store, directory, requester, wanted, about.found)
    random.Random(seed).shuffle(found)  # noqa: S311 - an order, not a secret
    shown = found[offset : offset + PER_PAGE]
    return ReadableComments(
        responses=shown,
        product=shown[0].wave.pulse.product.name if shown else "",
        total=len(found),
        names=await _names(directory, shown),
        notes=about.notes,
    )


async def _first_found(
    store: Store, directory: Directory, requester: Requester, wanted: Wanted, about: Sequence[Subject]
) -> list[Response]:
    refused = None
    for subject in about:
        try:
            found = await readable_comments(store, directory, requester, subject, wanted)
        except Refused as error:  # another product may have more to read
            refused = refused or error
            continue
        if found:
            return found
    raise refused or Refused(why_not.no_comments())


async def _names(directory: Directory, shown: Sequence[Response]) -> dict[str, str]:
    return {
        response.comment.id: (await directory.person(response.wave.team_id, response.respondent)).name
        for response in shown
        if response.comment and response.wave.pulse.named
    }


async def readable_comments(
    store: Store, directory: Directory, requester: Requester, subject: Subject, wanted: Wanted
) -> list[Response]:
    """The responses with comments that this lead may read, hidden ones left out; each is one person's latest.

    Raises Refused for anybody else, and while fewer people have written than the largest group promised.
    """
    product, channels = subject
    responses = [
        response
        for response in await store.responses.counted(
            requester.team_id, product_id=product.id, channels=channels, period=wanted.period
        )
        if response.comment and response.comment.text.strip()
    ]
    pulses = {response.wave.pulse.id: response.wave.pulse for response in responses}
    led = {key for key, pulse in pulses.items() if await is_lead(directory, pulse, requester.user_id)}
    if pulses and not led:
        raise Refused(why_not.comments_for_leads(next(iter(pulses.values()))))
    theirs = [response for response in responses if response.wave.pulse.id in led]
    if wanted.lens:
        theirs = [response for response in theirs if response.wave.pulse.lens is wanted.lens]
    smallest = max((response.wave.pulse.min_group for response in theirs), default=0)
    if len({response.respondent for response in theirs}) < max(smallest, 1):
        raise Refused(why_not.comments_too_few(smallest or 5))
    return [response for response in theirs if _fits(response, wanted)]


def _fits(response: Response, wanted: Wanted) -> bool:
    comment = response.comment
    if comment is None or comment.hidden:
        return False
    if wanted.sentiment and comment.sentiment is not wanted.sentiment:
        return False
    return wanted.touchpoint is None or wanted.touchpoint in comment.touchpoints

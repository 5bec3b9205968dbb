"""Which comments a person may read here, within the privacy rule."""

from dataclasses import dataclass

from jobs.messages.wording import why_not as refusals
from jobs.permissions.leads import is_lead
from jobs.permissions.refusal import Refused
from jobs.slack.directory import Directory
from storage.records import Lens, Period, Product, Response, Sentiment, Touchpoint
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A choice of comments; None leaves that open."""

    lens: Lens | None = None
    sentiment: Sentiment | None = None
    touchpoint: Touchpoint | None = None


async def readable(
    store: Store,
    directory: Directory,
    *,
    team_id: str,
    user_id: str,
    product: Product,
    channels: tuple[str, ...],
    period: Period,
    wanted: Wanted,
) -> list[Response]:
    """The responses with comments that this lead may read, hidden ones left out; each is one person's latest.

    Raises Refused for anybody else, and while fewer people have written than the largest group promised.
    """
    responses = [
        response
        for response in await store.responses.counted(
            team_id, product_id=product.id, channels=channels, period=period
        )
        if response.comment and response.comment.text.strip()
    ]
    pulses = {response.wave.pulse.id: response.wave.pulse for response in responses}
    led = {key for key, pulse in pulses.items() if await is_lead(directory, pulse, user_id)}
    if pulses and not led:
        raise Refused(refusals.comments_for_leads(next(iter(pulses.values()))))
    theirs = [response for response in responses if response.wave.pulse.id in led]
    if wanted.lens:
        theirs = [response for response in theirs if response.wave.pulse.lens is wanted.lens]
    smallest = max((response.wave.pulse.min_group for response in theirs), default=0)
    if len({response.respondent for response in theirs}) < max(smallest, 1):
        raise Refused(refusals.comments_too_few(smallest or 5))
    return [response for response in theirs if _fits(response, wanted)]


def _fits(response: Response, wanted: Wanted) -> bool:
    comment = response.comment
    if comment is None or comment.hidden:
        return False
    if wanted.sentiment and comment.sentiment is not wanted.sentiment:
        return False
    return wanted.touchpoint is None or wanted.touchpoint in comment.touchpoints

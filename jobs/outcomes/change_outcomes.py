"""Leads enter, correct and remove figures from elsewhere about what they lead; members read them."""

from dataclasses import dataclass, replace
from datetime import date
from secrets import token_hex
from zoneinfo import ZoneInfo

from jobs.messages.report.small_print import MOST_OUTCOMES
from jobs.messages.wording import outcome_reasons, product_reasons
from jobs.outcomes.outcome_figure import LONGEST_NAME
from jobs.permissions.known_names import NewName, known_product
from jobs.permissions.leads import is_admin, is_lead
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import WhichProduct, scope, subjects
from jobs.slack.directory import Directory
from storage.digests.outcomes import KeptOutcome, ProductGone
from storage.records import Digest, Outcome, OutcomeFigure, Product, Pulse
from storage.store import Store

PER_PAGE = 6
MOST = 1_000  # that a list turns through


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A figure as it is kept, and where it stands.

    `beside` says that it is among the newest that a digest has room for, `digest_on` on which day the next
    digest shows it, None where no digest about the product is planned.
    """

    kept: KeptOutcome
    product: Product
    beside: bool
    digest_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeList:
    """A page of the figures about a product, newest first; `may_change` says that the reader leads it."""

    product: Product
    outcomes: tuple[Outcome, ...]
    total: int
    page: int
    may_change: bool


async def enter(
    store: Store,
    directory: Directory,
    requester: Requester,
    figure: OutcomeFigure,
    *,
    product: str | None,
    instead_of: str | None = None,
) -> Entered:
    """Keep a figure under the name of whoever enters it, in the place of another one if one is given.

    Raises Refused for everybody but leads of the product and workspace admins, WhichProduct where several
    products could be meant, and SlackUnavailable.
    """
    about = await led_product(store, directory, requester, product)
    if instead_of:
        await led_outcome(store, directory, requester, instead_of)
    name = (await directory.person(requester.team_id, requester.user_id)).name
    new = Outcome(
        team_id=requester.team_id,
        id=instead_of or token_hex(8),
        product_id=about.id,
        figure=replace(figure, name=" ".join(name.split())[:LONGEST_NAME]),
        entered_by=requester.user_id,
        entered_at=requester.now,
    )
    try:
        (kept,) = await store.outcomes.keep([new], instead_of=instead_of)
    except ProductGone:
        raise Refused(product_reasons.no_product(about.name, ())) from None
    beside = await store.digests.outcomes_beside(about.team_id, about.id)
    newest = sorted(beside, key=lambda each: each.day, reverse=True)[:MOST_OUTCOMES]
    digests = await store.digests.about(about.team_id, about.id)
    times = [
        each.next_at.astimezone(ZoneInfo(each.zone)) for each in digests if each.next_at and not each.paused
    ]
    return Entered(
        kept=kept,
        product=about,
        beside=kept.outcome.figure in newest,
        digest_on=min(times).date() if times else None,
    )


async def remove(
    store: Store, directory: Directory, requester: Requester, outcome_id: str
) -> tuple[Outcome, Product]:
    """Remove a figure, and give what was removed; raises Refused and SlackUnavailable."""
    outcome, product = await led_outcome(store, directory, requester, outcome_id)
    await store.outcomes.remove(outcome.team_id, outcome.id)
    return outcome, product


async def led_outcome(
    store: Store, directory: Directory, requester: Requester, outcome_id: str
) -> tuple[Outcome, Product]:
    """A figure and its product, for a lead of that; raises Refused for others, and where it is gone."""
    await require_full_member(directory, requester.team_id, requester.user_id)
    outcome = await store.outcomes.get(requester.team_id, outcome_id)
    product = await store.products.get(requester.team_id, outcome.product_id) if outcome else None
    if outcome is None or product is None:
        raise Refused(outcome_reasons.GONE)
    await _require_lead(store, directory, requester, product)
    return outcome, product


async def led_product(store: Store, directory: Directory, requester: Requester, name: str | None) -> Product:
    """The product of that name, else the only one that is spoken of here, for one who leads it.

    Raises Refused and WhichProduct.
    """
    await require_full_member(directory, requester.team_id, requester.user_id)
    if name is not None:
        try:
            product = await known_product(store, directory, requester, name)
        except NewName as new:
            raise Refused(product_reasons.no_product(new.name, new.near)) from None
    else:
        found = await spoken_of_here(store, directory, requester)
        if len(found) != 1:
            raise WhichProduct(found)
        product = found[0]
    await _require_lead(store, directory, requester, product)
    return product


async def spoken_of_here(store: Store, directory: Directory, requester: Requester) -> list[Product]:
    """The products that this channel reads of or has a digest about, by name."""
    team_id, channel_id = requester.team_id, requester.channel_id
    here = await scope(store, directory, team_id=team_id, channel_id=channel_id)
    digests = await store.digests.in_channel(team_id, channel_id)
    found = {each.id: each for each in (*here.products, *(digest.product for digest in digests))}
    return sorted(found.values(), key=lambda each: each.name)


async def list_outcomes(
    store: Store, directory: Directory, requester: Requester, *, product: str | None, page: int
) -> OutcomeList:
    """A page of the figures about a product of which this channel may read; raises Refused, WhichProduct."""
    about = await _readable(store, directory, requester, product)
    found = await store.outcomes.about(about.team_id, about.id, most=MOST)
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(page, last)
    return OutcomeList(
        product=about,
        outcomes=tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE]),
        total=len(found),
        page=page,
        may_change=await _leads(store, directory, requester, about),
    )


async def _readable(store: Store, directory: Directory, requester: Requester, name: str | None) -> Product:
    try:
        found = [product for product, _ in (await subjects(store, directory, requester, name)).found]
    except Refused:
        product = await store.products.find(requester.team_id, name) if name else None
        found = [product] if product else await spoken_of_here(store, directory, requester)
        if len(found) != 1 or not await _leads(store, directory, requester, found[0]):
            raise  # whoever leads it reads what they entered, though nothing was asked here
    if len(found) != 1:
        raise WhichProduct(found)
    return found[0]


async def _require_lead(store: Store, directory: Directory, requester: Requester, product: Product) -> None:
    if not await _leads(store, directory, requester, product):
        raise Refused(outcome_reasons.not_a_lead(product.name))


async def _leads(store: Store, directory: Directory, requester: Requester, product: Product) -> bool:
    """Whether somebody leads a question or a digest about a product, or is an admin of the workspace."""
    if await is_admin(directory, requester.team_id, requester.user_id):
        return True
    owned: list[Pulse | Digest] = [*await store.digests.about(product.team_id, product.id)]
    owned += await store.pulses.about(product.team_id, product.id)
    mine = [each for each in owned if requester.user_id in each.leads]
    return bool(mine) and await is_lead(directory, mine[0], requester.user_id)

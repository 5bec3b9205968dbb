"""Rename, mark, merge or remove a product: what it would do, and doing it, checked both times."""

from dataclasses import replace

from jobs.messages.layout.product_ids import ProductOrder
from jobs.messages.products.confirmation import ProductPlan
from jobs.messages.wording import product_reasons
from jobs.permissions.known_names import NewName, known_product, may_know
from jobs.permissions.leads import is_admin, is_lead
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.pulses.product_changes import ProductChanged, doubled
from storage.records import Digest, Product, Pulse, Uses
from storage.records.name_folding import comparison_key
from storage.store import Store

_MARKS = ("whole", "part")


async def before_rename(
    store: Store, directory: Directory, requester: Requester, *, name: str, new: str, pressed: bool = False
) -> ProductPlan:
    """What renaming would do; where another product has that name, what merging the two would do.

    A name that is that of a product of which the person may not know is refused only once the button was
    `pressed`: whoever tries names finds out no more than by renaming a product each time.

    Raises Refused for somebody who may not change it, or where the name cannot be had.
    """
    product = await _changeable(store, directory, requester, name)
    if product.name == new:
        raise Refused(product_reasons.has_that_name(product.name))
    other = await store.products.find(requester.team_id, new)
    if other and other.id != product.id:
        if await may_know(store, directory, requester, other):
            plan = await before_merge(store, directory, requester, name=name, into=other.name)
            return replace(plan, offered=True)
        if pressed:
            raise Refused(product_reasons.name_not_free(new))
    order = ProductOrder(verb="rename", id=product.id, name=product.name, other=new)
    return ProductPlan(order=order, uses=await store.product_changes.uses(product.team_id, product.id))


async def before_merge(
    store: Store, directory: Directory, requester: Requester, *, name: str, into: str
) -> ProductPlan:
    """What merging would do; raises Refused for somebody who may not change both.

    What stands for the whole organisation goes into no other product: the digests of that one would show the
    users of all products without a word.
    """
    gone = await _changeable(store, directory, requester, name)
    stays = await _changeable(store, directory, requester, into)
    if gone.id == stays.id:
        raise Refused(product_reasons.one_already(gone.name))
    if gone.whole:
        raise Refused(product_reasons.whole_stays(gone.name, stays.name))
    order = ProductOrder(verb="merge", id=gone.id, name=gone.name, other=stays.name, into=stays.id)
    uses = await store.product_changes.uses(gone.team_id, gone.id)
    return ProductPlan(
        order=order,
        uses=uses,
        paused=await _paused_by(store, gone, stays),
        ending=await _ending_by(store, gone, stays),
    )


async def before_remove(
    store: Store, directory: Directory, requester: Requester, *, name: str
) -> ProductPlan:
    """What removing would do; raises Refused where there is anything of the product, and says what."""
    product = await _changeable(store, directory, requester, name)
    uses = await store.product_changes.uses(product.team_id, product.id)
    if uses != Uses():
        raise Refused(product_reasons.not_removable(product.name, uses))
    return ProductPlan(order=ProductOrder(verb="remove", id=product.id, name=product.name), uses=uses)


async def before_mark(
    store: Store, directory: Directory, requester: Requester, *, name: str, whole: bool
) -> ProductPlan:
    """What it would do to let a product stand for the whole organisation, or no more.

    Raises Refused for somebody who may not change it, where it is so already, and where another one does.
    """
    product = await _changeable(store, directory, requester, name)
    if product.whole is whole:
        raise Refused(product_reasons.is_so(product.name, whole=whole))
    other = await store.products.whole(requester.team_id) if whole else None
    if other:
        known = await may_know(store, directory, requester, other)
        raise Refused(product_reasons.other_whole(other.name if known else None))
    order = ProductOrder(verb="whole" if whole else "part", id=product.id, name=product.name)
    return ProductPlan(order=order, uses=await store.product_changes.uses(product.team_id, product.id))


async def carry_out(
    store: Store, directory: Directory, requester: Requester, order: ProductOrder
) -> ProductPlan:
    """Do what was shown, once however often it is asked for, and give it.

    All is checked anew. Raises Refused where the person may not any more, and where a product is another one
    than it was shown as.
    """
    if await _is_done(store, requester, order):
        uses = await store.product_changes.uses(requester.team_id, order.id)
        return ProductPlan(order=order, uses=uses)
    plan = await _plan_again(store, directory, requester, order)
    if plan.order != order:
        raise Refused(product_reasons.changed_meanwhile(order.name))
    product = Product(team_id=requester.team_id, id=order.id, name=order.name)
    try:
        if order.verb == "rename":
            await store.product_changes.rename(product, order.other)
        elif order.verb == "remove":
            await store.product_changes.remove(product)
        elif order.verb in _MARKS:
            whole = order.verb == "whole"
            await store.products.mark(product, whole=whole, at=requester.now)
            await store.digests.renew_questions(product.team_id, product.id)
        else:
            into = Product(team_id=requester.team_id, id=order.into, name=order.other)
            await store.product_changes.merge(product, into)
    except ProductChanged:  # by somebody else, or by the same press that was delivered twice
        if not await _is_done(store, requester, order):
            raise Refused(product_reasons.changed_meanwhile(order.name)) from None
    return plan


async def _plan_again(
    store: Store, directory: Directory, requester: Requester, order: ProductOrder
) -> ProductPlan:
    if order.verb == "rename":
        return await before_rename(
            store, directory, requester, name=order.name, new=order.other, pressed=True
        )
    if order.verb == "remove":
        return await before_remove(store, directory, requester, name=order.name)
    if order.verb in _MARKS:
        whole = order.verb == "whole"
        return await before_mark(store, directory, requester, name=order.name, whole=whole)
    return await before_merge(store, directory, requester, name=order.name, into=order.other)


async def _is_done(store: Store, requester: Requester, order: ProductOrder) -> bool:
    """Whether a change has been made by an earlier press."""
    if order.verb == "remove":
        everything = await store.products.everywhere(requester.team_id)
        return all(each.id != order.id and not each.is_called(order.name) for each in everything)
    if order.verb in _MARKS:
        marked = await store.products.get(requester.team_id, order.id)
        return marked is not None and (marked.name, marked.whole) == (order.name, order.verb == "whole")
    other = await store.products.find(requester.team_id, order.other)
    if other is None:
        return False
    if order.verb == "rename":
        return other.id == order.id and other.name == order.other
    return other.id == order.into and comparison_key(order.name) in other.former_keys


async def _changeable(store: Store, directory: Directory, requester: Requester, name: str) -> Product:
    """The product of that name; raises Refused where the person knows of none, or may not change it.

    What goes on by itself is its digests and schedules: whoever changes it leads all of these. Where there
    are none, whoever leads any of its questions may.
    """
    await require_full_member(directory, requester.team_id, requester.user_id)
    try:
        product = await known_product(store, directory, requester, name)
    except NewName as new:
        raise Refused(product_reasons.no_product(new.name, new.near)) from None
    if await is_admin(directory, requester.team_id, requester.user_id):
        return product
    pulses = await store.pulses.about(product.team_id, product.id)
    digests = await store.digests.about(product.team_id, product.id)
    standing: list[Pulse | Digest] = [*digests, *(pulse for pulse in pulses if pulse.cadence is not None)]
    led = [await is_lead(directory, each, requester.user_id) for each in (standing or pulses)]
    if not (led and (all(led) if standing else any(led))):
        raise Refused(product_reasons.not_a_lead(product.name, owned=bool(led)))
    return product


async def _paused_by(store: Store, gone: Product, stays: Product) -> tuple[int, ...]:
    one = replace(stays, former_keys=tuple(sorted(stays.keys | gone.keys)))
    both = [
        replace(pulse, product=one)
        for each in (gone, stays)
        for pulse in await store.pulses.about(each.team_id, each.id)
        if pulse.next_at is not None and not pulse.paused
    ]
    return tuple(pulse.number for pulse in doubled(sorted(both, key=lambda pulse: pulse.number)))


async def _ending_by(store: Store, gone: Product, stays: Product) -> tuple[tuple[str, str], ...]:
    """The channels where both have a digest, each with the product whose digest there is the later one."""
    both = [digest for each in (gone, stays) for digest in await store.digests.about(each.team_id, each.id)]
    both.sort(key=lambda digest: (digest.created_at, digest.id))
    first: set[str] = set()
    ending = []
    for digest in both:
        if digest.channel_id in first:
            ending.append((digest.channel_id, digest.product.name))
        first.add(digest.channel_id)
    return tuple(ending)

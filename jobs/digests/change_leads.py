"""Who leads a question or a digest: shown to members, changed by its leads and by workspace admins."""

from jobs.digests.find_digest import digests_of, only_digest
from jobs.messages.wording import lead_refusals, why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.records import Digest, Pulse
from storage.store import Store


async def led_here(
    store: Store, requester: Requester, *, number: int | None, product: str | None
) -> Pulse | Digest:
    """The question of that number in this channel, else its digest; raises Refused and WhichProduct."""
    if number is None:
        if not await digests_of(store, requester):
            raise Refused(lead_refusals.no_digest_to_lead())
        return await only_digest(store, requester, product)
    pulse = await store.pulses.numbered(requester.team_id, number)
    if pulse is None or pulse.channel_id != requester.channel_id:
        raise Refused(why_not.no_such_pulse(number))
    return pulse


async def change_leads(
    store: Store,
    directory: Directory,
    requester: Requester,
    *,
    number: int | None,
    product: str | None,
    user_id: str,
    add: bool,
) -> Pulse | Digest:
    """Add or remove a lead, and give what they lead as it is now.

    Raises Refused for everybody but its leads and workspace admins, for somebody who is no full member of
    this workspace, and for the last lead. Raises SlackUnavailable when Slack does not tell who they are.
    """
    await require_full_member(directory, requester.team_id, requester.user_id)
    owned = await led_here(store, requester, number=number, product=product)
    if not await is_lead(directory, owned, requester.user_id):
        no = why_not.not_a_lead if isinstance(owned, Pulse) else why_not.not_a_lead_of_digest
        raise Refused(no(owned, "change"))  # type: ignore[arg-type]  # each for its own kind
    if add and not await directory.is_full_member(requester.team_id, user_id):
        raise Refused(lead_refusals.cannot_lead())
    if not add and isinstance(owned, Pulse) and user_id in owned.leads[:1]:
        raise Refused(lead_refusals.asked_it(owned.asked_by))  # every asking names them as its reader
    part = store.pulses if isinstance(owned, Pulse) else store.digests
    if not await part.change_leads(owned.team_id, owned.id, user_id=user_id, add=add):
        raise Refused(lead_refusals.last_lead())
    return await led_here(store, requester, number=number, product=product)


async def names_of(directory: Directory, owned: Pulse | Digest) -> list[str]:
    """The names of the leads, as people read them."""
    return [(await directory.person(owned.team_id, each)).name for each in owned.leads]

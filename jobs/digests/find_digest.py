"""Finds the digest of a channel that somebody means, running or ended, and the names of its channels."""

from collections.abc import Iterable

from jobs.messages.digest_setup.digest_draft import DigestDraft
from jobs.messages.wording import lead_refusals, why_not
from jobs.permissions.known_names import may_see
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import UnknownProduct, WhichProduct
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import Digest
from storage.store import Store


async def digests_of(store: Store, requester: Requester, product: str | None = None) -> list[Digest]:
    """The digests of this channel, or the one of them about a product."""
    here = await store.digests.in_channel(requester.team_id, requester.channel_id)
    return [each for each in here if product is None or each.product.is_called(product)]


async def posted_here(store: Store, requester: Requester, digest_id: str) -> Digest:
    """The digest of that id, if it is posted in this channel; raises Refused otherwise."""
    digest = await store.digests.get(requester.team_id, digest_id)
    if digest is None or digest.channel_id != requester.channel_id:
        raise Refused(why_not.no_digest())
    return digest


async def to_start(store: Store, requester: Requester, product: str | None) -> DigestDraft:
    """The digest that was ended here, as it was; raises Refused where there is none, and WhichProduct."""
    ended = await store.digests.ended_in(requester.team_id, requester.channel_id)
    found = [each for each in ended if product is None or each.product.is_called(product)]
    if not found:
        raise Refused(why_not.no_digest())
    if len(found) > 1:
        raise WhichProduct([each.product for each in found])
    return DigestDraft.of(found[0])


async def only_digest(store: Store, requester: Requester, product: str | None) -> Digest:
    """The digest of this channel, or the one of them about a product; raises Refused and WhichProduct.

    Refused is UnknownProduct where the name is near to that of a digest which is posted here.
    """
    found = await digests_of(store, requester, product)
    if not found:
        others = await digests_of(store, requester) if product else []
        if product and (unknown := UnknownProduct(product, [each.product for each in others])).meant:
            raise unknown
        names = [digest.product.name for digest in others]
        raise Refused(
            lead_refusals.no_digest_about(product, names) if product and names else why_not.no_digest()
        )
    if len(found) > 1:
        raise WhichProduct([digest.product for digest in found])
    return found[0]


async def led_digest(
    store: Store, directory: Directory, requester: Requester, product: str | None, verb: str
) -> Digest:
    """The same for one who leads it; raises Refused for everybody else. `verb` is what they want to do."""
    await require_full_member(directory, requester.team_id, requester.user_id)
    digest = await only_digest(store, requester, product)
    if not await is_lead(directory, digest, requester.user_id):
        raise Refused(why_not.not_a_lead_of_digest(digest, verb))
    return digest


async def hidden_sources(
    directory: Directory, requester: Requester, digests: Iterable[Digest]
) -> frozenset[str]:
    """The channels that digests read and of which the requester may not be told.

    Those of which Slack does not tell who is in them are among them.
    """
    read = {source for digest in digests for source in digest.sources}
    return frozenset([each for each in read if not await _may_be_told(directory, requester, each)])


async def _may_be_told(directory: Directory, requester: Requester, channel_id: str) -> bool:
    try:
        return await may_see(directory, requester, channel_id)
    except SlackUnavailable:
        return False


async def name_sources(directory: Directory, requester: Requester, digest: Digest) -> dict[str, str] | None:
    """The names of its channels by their ids; None unless the requester may know them all.

    A public channel may be known to everybody, a private one to those who are in it.
    """
    names: dict[str, str] = {}
    for source in digest.sources:
        try:
            channel = await directory.channel(requester.team_id, source)
            if channel is None or not channel.name:
                return None
            if channel.private and requester.user_id not in await directory.members(
                requester.team_id, source
            ):
                return None
        except SlackUnavailable:
            return None
        names[source] = channel.name
    return names

"""Finds the edition that a button stands under, as it was made, be its digest ended or not."""

from dataclasses import dataclass

from jobs.contrast import Contrast, Side
from jobs.delivery.render import told
from jobs.messages.edition import share_view
from jobs.messages.edition.share_card import sides_of
from jobs.messages.layout.edition_ids import Explained
from jobs.messages.report.side_cards import sides
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from storage.records import Digest, Edition
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedEdition:
    """An edition with its digest, which may have ended, and what it shows. A quote is none of it."""

    edition: Edition
    digest: Digest
    contrast: Contrast


async def find_edition(
    store: Store, team_id: str, edition_id: str, *, channel_id: str | None = None
) -> PostedEdition:
    """The edition of that id; raises Refused where it is kept no more or shows no figures.

    With a `channel_id` also where it was posted somewhere else. Somebody has pressed a button of it: it is
    noted that the digest is read.
    """
    edition = await store.editions.get(team_id, edition_id)
    if edition and channel_id not in {None, edition.channel_id}:
        raise Refused(share_view.gone())
    digest = await store.digests.ever(team_id, edition.digest_id) if edition else None
    if edition is None or digest is None or not edition.full:
        raise Refused(share_view.gone())
    await store.digests.clicked(team_id, digest.id)
    return PostedEdition(edition=edition, digest=digest, contrast=await told(store, edition))


async def explained_sides(
    store: Store, requester: Requester, wanted: Explained
) -> tuple[PostedEdition, list[Side]]:
    """The edition that is to be explained, and its sides; of shared results those that the channel saw.

    Raises Refused where it is kept no more, and where it was not posted in the channel of whoever asks.
    """
    team_id, here = requester.team_id, requester.channel_id
    if not wanted.shared:
        found = await find_edition(store, team_id, wanted.id, channel_id=here)
        return found, list(sides(found.contrast))
    share = await store.shares.get(team_id, wanted.id)
    if share is None or share.channel_id != here:
        raise Refused(share_view.gone())
    found = await find_edition(store, team_id, share.edition_id)
    return found, sides_of(found.contrast, share.channel_id)

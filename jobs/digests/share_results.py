"""Shares the results of an edition with the channels whose people answered, once each; takes them back."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jobs.contrast import Contrast
from jobs.digests.find_edition import PostedEdition, find_edition
from jobs.messages.edition import share_view
from jobs.messages.edition.share_card import sides_of
from jobs.messages.edition.share_view import ChannelChoice, Told
from jobs.messages.layout.edition_ids import ShareDraft
from jobs.messages.report.side_cards import sides
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import may_post, require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.digests.shared_results import Withdrawn, rounds_of
from storage.engine.repository import new_id
from storage.records import Digest, PostState, Share, Wave
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What a lead can share of an edition: with which channels, and where its results stand already."""

    digest: Digest
    contrast: Contrast
    choices: tuple[ChannelChoice, ...]
    there: tuple[Share, ...]


async def look_at(store: Store, directory: Directory, requester: Requester, edition_id: str) -> Sharing:
    """What a person can share of an edition.

    Raises Refused for everybody but the leads of its digest, and where there is nothing to share or nobody
    to share it with; SlackUnavailable when Slack does not say who is in a channel.
    """
    found = await _led(store, directory, requester, edition_id)
    asked = channels_of(found.contrast)
    if not asked:
        gone = any(side.reduced for side in sides(found.contrast))
        raise Refused(share_view.was_withdrawn() if gone else share_view.nobody_to_tell())
    there = await store.shares.of_edition(requester.team_id, edition_id)
    left = [each for each in asked if each not in {share.channel_id for share in there}]
    choices, refused = list[ChannelChoice](), None
    for channel_id in left:
        try:
            await may_post(directory, requester, channel_id)
        except Refused as why:
            refused = refused or why
        else:
            channel = await directory.channel(requester.team_id, channel_id)
            choices.append(ChannelChoice(id=channel_id, name=(channel and channel.name) or channel_id))
    if not choices and not there and refused:
        raise refused
    return Sharing(digest=found.digest, contrast=found.contrast, choices=tuple(choices), there=tuple(there))


async def count_people(
    directory: Directory, team_id: str, choices: Sequence[ChannelChoice]
) -> list[ChannelChoice]:
    """The channels with how many people are in them, where Slack tells."""
    people = await asyncio.gather(*(directory.people(team_id, choice.id) for choice in choices))
    return [replace(choice, people=many) for choice, many in zip(choices, people, strict=True)]


async def share(
    store: Store, directory: Directory, requester: Requester, draft: ShareDraft, *, request_id: str
) -> list[Told]:
    """Share an edition with the channels of a draft, and what became of each.

    Empty where this very form was sent before. Raises as `look_at` does.
    """
    found = await _led(store, directory, requester, draft.edition_id)
    name = (await directory.person(requester.team_id, requester.user_id)).name
    told = list[Told]()
    for channel_id in draft.where:
        wanted = Share(
            team_id=requester.team_id,
            id=new_id(),
            edition_id=draft.edition_id,
            channel_id=channel_id,
            shared_by=requester.user_id,
            name=name,
            next_step=draft.next_step or None,
            request_id=request_id,
            shared_at=requester.now,
        )
        outcome = await _share_one(store, directory, requester, found, wanted)
        told += [outcome] if outcome else []
    return told


async def remove(store: Store, directory: Directory, requester: Requester, share_id: str) -> str:
    """Take shared results out of their channel; the sentence that says so. Raises Refused."""
    share = await store.shares.get(requester.team_id, share_id)
    if share is None:
        raise Refused(share_view.gone())
    found = await find_edition(store, requester.team_id, share.edition_id)
    if share.shared_by == requester.user_id:
        await require_full_member(directory, requester.team_id, requester.user_id)
    else:
        await _require_lead(directory, requester, found)
    post = await store.outbox.post_for(share.team_id, share.id)
    if not await store.shares.remove(share, at=requester.now):
        return share_view.removed_before(share)
    lost = post is not None and post.state is PostState.UNKNOWN
    return share_view.perhaps_there(share) if lost else share_view.removed(share)


def channels_of(contrast: Contrast) -> list[str]:
    """The channels that were asked on the sides that are shown, each once."""
    return list(dict.fromkeys(each for side in sides(contrast) if side.is_shown for each in side.channels))


async def _share_one(
    store: Store, directory: Directory, requester: Requester, found: PostedEdition, wanted: Share
) -> Told | None:
    """What became of sharing with one channel; None where this very form had done it before."""
    channel_id = wanted.channel_id
    mine = sides_of(found.contrast, channel_id)
    if not mine:
        gone = any(side.reduced for side in sides(found.contrast))
        why_none = share_view.was_withdrawn() if gone else share_view.not_asked_there(channel_id)
        return Told(channel_id=channel_id, why=why_none)
    asked = [(side.product_id, side.lens, side.instrument) for side in mine if side.instrument]
    try:
        await may_post(directory, requester, channel_id)
        kept = await store.shares.share(
            wanted, product_id=found.digest.product.id, sides=asked, rounds=rounds_of(found.edition.figures)
        )
    except Refused as why:
        return Told(channel_id=channel_id, why=str(why))
    except Withdrawn:
        return Told(channel_id=channel_id, why=share_view.was_withdrawn())
    return _outcome(wanted, kept)


def _outcome(wanted: Share, kept: Share | Wave | None) -> Told | None:
    if not isinstance(kept, Share):
        why = share_view.still_open(kept) if kept else share_view.gone()
        return Told(channel_id=wanted.channel_id, why=why)
    if kept.id == wanted.id:
        return Told(channel_id=wanted.channel_id, share=kept)
    if kept.request_id == wanted.request_id:
        return None
    return Told(channel_id=wanted.channel_id, share=kept, why=share_view.stands_there(kept))


async def _led(store: Store, directory: Directory, requester: Requester, edition_id: str) -> PostedEdition:
    found = await find_edition(store, requester.team_id, edition_id)
    await _require_lead(directory, requester, found)
    return found


async def _require_lead(directory: Directory, requester: Requester, found: PostedEdition) -> None:
    """Raise Refused for everybody but leads and admins; a lead who became a guest reads so."""
    if requester.user_id in found.digest.leads:
        await require_full_member(directory, requester.team_id, requester.user_id)
    elif not await is_lead(directory, found.digest, requester.user_id):
        raise Refused(await _only_leads(directory, found))


async def _only_leads(directory: Directory, found: PostedEdition) -> str:
    leads = found.digest.leads
    if not leads:
        return share_view.only_leads("a workspace admin")
    return share_view.only_leads((await directory.person(found.digest.team_id, leads[0])).name)

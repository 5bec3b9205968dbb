"""Makes, changes and removes groups of channels, and lists those that a person may read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jobs.messages.wording import group_words
from jobs.permissions.known_names import may_know
from jobs.permissions.leads import is_admin
from jobs.permissions.may_post import may_post, require_full_member
from jobs.permissions.readable_groups import known_group, may_know_group, readable_groups
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.records import ChannelGroup, Digest
from storage.records.name_folding import fold
from storage.store import Store

MOST_CHANNELS = 30  # as many as a digest reads


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """A group as it is now, and as it was; None where there was none.

    `digests` are those that the requester leads and that read just the channels which it had before.
    """

    group: ChannelGroup
    before: ChannelGroup | None = None
    digests: tuple[Digest, ...] = ()


async def set_group(
    store: Store,
    directory: Directory,
    requester: Requester,
    name: str,
    *,
    channels: Sequence[str],
    others: Sequence[str] = (),
) -> GroupChange:
    """Keep these channels under a name. `others` are words that were typed as channels and are none.

    Raises Refused for whoever does not lead in each channel, and where a group cannot be made of them.
    """
    await require_full_member(directory, requester.team_id, requester.user_id)
    await _refuse_words(store, directory, requester, name, others)
    channels = tuple(dict.fromkeys(channels))
    if len(channels) < 2:  # noqa: PLR2004 - one channel is no group
        raise Refused(group_words.one_channel(name, channels))
    if len(channels) > MOST_CHANNELS:
        raise Refused(group_words.too_many(MOST_CHANNELS))
    before = await store.groups.find(requester.team_id, name)
    if before and not await may_know_group(store, directory, requester, before):
        raise Refused(group_words.name_not_free(name))
    if before is None:
        await _refuse_taken(store, directory, requester, name, channels)
    for channel_id in channels:
        if before is None or channel_id not in before.channels:
            await may_post(directory, requester, channel_id)
    await _require_leads(store, directory, requester, (*channels, *(before.channels if before else ())))
    group = ChannelGroup(team_id=requester.team_id, name=before.name if before else name, channels=channels)
    if not await store.groups.keep(group, instead_of=before):
        raise Refused(group_words.changed_meanwhile(name))
    mine = await store.digests.led_by(requester.team_id, requester.user_id) if before else []
    former = [each for each in mine if before and set(each.sources) == set(before.channels) != set(channels)]
    return GroupChange(group=group, before=before, digests=tuple(former))


async def change_channels(
    store: Store,
    directory: Directory,
    requester: Requester,
    name: str,
    *,
    added: Collection[str] = (),
    dropped: Collection[str] = (),
    others: Sequence[str] = (),
) -> GroupChange:
    """Add channels to a group or take some out of it; raises Refused as `set_group` does."""
    before = await known_group(store, directory, requester, name)
    await _require_leads(store, directory, requester, before.channels)
    if dropped and not set(dropped) & set(before.channels):
        raise Refused(group_words.not_in_group(before.name, sorted(dropped)))
    left = [each for each in (*before.channels, *added) if each not in dropped]
    return await set_group(store, directory, requester, before.name, channels=left, others=others)


async def remove_group(store: Store, directory: Directory, requester: Requester, name: str) -> ChannelGroup:
    """Remove a group, and give it as it was; raises Refused for whoever does not lead in each channel."""
    await require_full_member(directory, requester.team_id, requester.user_id)
    group = await known_group(store, directory, requester, name)
    await _require_leads(store, directory, requester, group.channels)
    await store.groups.remove(group)
    return group


async def list_groups(store: Store, directory: Directory, requester: Requester) -> list[ChannelGroup]:
    """The groups that a person may read, by name."""
    return await readable_groups(store, directory, requester)


async def _refuse_words(
    store: Store, directory: Directory, requester: Requester, name: str, others: Sequence[str]
) -> None:
    """Refuse a group in a group, and what is no channel."""
    for word in others:
        inner = await store.groups.find(requester.team_id, word)
        readable = (
            {each.name for each in await readable_groups(store, directory, requester)} if inner else set()
        )
        if inner and inner.name in readable:
            raise Refused(group_words.group_in_group(name, inner))
        raise Refused(group_words.no_channel(word, name))


async def _refuse_taken(
    store: Store, directory: Directory, requester: Requester, name: str, channels: Sequence[str]
) -> None:
    product = await store.products.find(requester.team_id, name)
    if product:
        known = await may_know(store, directory, requester, product)
        raise Refused(group_words.name_of_product(name) if known else group_words.name_not_free(name))
    for channel_id in dict.fromkeys((*channels, requester.channel_id)):
        channel = await directory.channel(requester.team_id, channel_id) if channel_id else None
        if channel and fold(channel.name) == fold(name):
            raise Refused(group_words.name_of_channel(name, channel_id))


async def _require_leads(
    store: Store, directory: Directory, requester: Requester, channels: Collection[str]
) -> None:
    """Refuse whoever leads no question and no digest in one of these channels; admins lead everywhere.

    A channel that they are not in is not named: it may be a private one.
    """
    team_id, user_id = requester.team_id, requester.user_id
    if await is_admin(directory, team_id, user_id):
        return
    led = {each.channel_id for each in await store.own_questions.led_by(team_id, user_id)}
    led |= {each.channel_id for each in await store.digests.led_by(team_id, user_id)}
    lacking = [channel_id for channel_id in channels if channel_id not in led]
    for channel_id in lacking:
        if user_id in await directory.members(team_id, channel_id):
            raise Refused(group_words.not_a_lead(channel_id))
    if lacking:
        raise Refused(group_words.not_a_lead(None))

"""Which groups of channels a person may read: those whose channels they are all in, and admins every one."""

import asyncio
from collections.abc import Collection, Sequence

from jobs.messages.wording import group_words, why_not
from jobs.permissions.leads import is_admin
from jobs.permissions.near_names import near_names
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.channels_of_person import channels_of_person
from jobs.slack.directory import Directory
from storage.records import ChannelGroup
from storage.store import Store


async def readable_groups(store: Store, directory: Directory, requester: Requester) -> list[ChannelGroup]:
    """The groups whose every channel that Bifocal still sees a person is in, by name; of an admin all."""
    found = await store.groups.everywhere(requester.team_id)
    if not found or await is_admin(directory, requester.team_id, requester.user_id):
        return found
    theirs = {requester.channel_id, *await channels_of_person(directory, requester.user_id)}
    return [
        each
        for each in found
        if not theirs.isdisjoint(each.channels)
        and await _may_read(directory, requester, each.channels, theirs)
    ]


async def known_group(store: Store, directory: Directory, requester: Requester, name: str) -> ChannelGroup:
    """The group of that name; raises Refused where the person may know of none, with those that are near."""
    found = await store.groups.find(requester.team_id, name)
    if found and await may_know_group(store, directory, requester, found):
        return found
    known = [each.name for each in await readable_groups(store, directory, requester)]
    raise Refused(group_words.no_group(name, near_names(name, known) or known))


async def may_know_group(
    store: Store, directory: Directory, requester: Requester, group: ChannelGroup
) -> bool:
    """Whether a person may know that there is such a group: who is in one of its channels, or may read it."""
    if await _is_in_one(directory, requester, group.channels):
        return True
    return group in await readable_groups(store, directory, requester)


async def shown_group(store: Store, directory: Directory, requester: Requester, name: str) -> ChannelGroup:
    """The group with its channels; raises Refused for whoever is not in each of them, but for admins."""
    found = await known_group(store, directory, requester, name)
    is_in_all = await _may_read(directory, requester, found.channels, {requester.channel_id})
    if not is_in_all and not await is_admin(directory, requester.team_id, requester.user_id):
        raise Refused(group_words.not_shown(found.name))
    return found


async def channels_of_groups(
    store: Store, directory: Directory, requester: Requester, names: Sequence[str]
) -> tuple[str, ...]:
    """The channels of these groups, each once; raises Refused for a group that the person may not know of."""
    found = [await known_group(store, directory, requester, name) for name in names]
    return tuple(dict.fromkeys(channel_id for group in found for channel_id in group.channels))


async def readable_channels(
    directory: Directory, requester: Requester, group: ChannelGroup, here: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The channels of a group that may be read, with a note for each in which Bifocal is not.

    `here` are the channels that the channel of the requester reads. Raises Refused for whoever is not in each
    of the others, but for admins; and SlackUnavailable.
    """
    readable, notes = list[str](), list[str]()
    team_id = requester.team_id
    admin = await is_admin(directory, team_id, requester.user_id)
    members = await asyncio.gather(*(directory.members(team_id, each) for each in group.channels))
    channels = await asyncio.gather(*(directory.channel(team_id, each) for each in group.channels))
    for channel_id, there, channel in zip(group.channels, members, channels, strict=True):
        if not there and channel_id not in here:
            notes.append(why_not.source_unseen(channel_id))
            continue
        if channel_id not in here and requester.user_id not in there and not admin:
            raise Refused(group_words.not_in_all(group.name))
        readable.append(channel_id)
        if channel is None or not channel.member:
            notes.append(group_words.nothing_new(channel_id))
    if not readable:
        raise Refused(group_words.nothing_seen(group.name))
    return tuple(readable), tuple(notes)


async def _is_in_one(directory: Directory, requester: Requester, channels: Sequence[str]) -> bool:
    for channel_id in channels:
        if channel_id == requester.channel_id:
            return True
        if requester.user_id in await directory.members(requester.team_id, channel_id):
            return True
    return False


async def _may_read(
    directory: Directory, requester: Requester, channels: Sequence[str], theirs: Collection[str]
) -> bool:
    """Whether a person is in each of these channels, or Bifocal sees it no more; in one at least.

    `theirs` are some that they are in; those that are archived are never among these.
    """
    in_one = False
    for each in channels:
        members = frozenset({requester.user_id})
        if each not in theirs:
            members = await directory.members(requester.team_id, each)
        if members and requester.user_id not in members:
            return False
        in_one = in_one or bool(members)
    return in_one

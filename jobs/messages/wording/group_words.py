"""What is said of groups of channels: made, changed, removed, listed, and why not. All is mrkdwn."""

from collections.abc import Sequence

from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN, channels, listed
from storage.records import ChannelGroup, Digest

NOTHING = "Nothing was changed."
LIST = MRKDWN.code("/pulse group")
NONE_YET = "There is no group of channels that you may read. To make one: {}."
EXAMPLE = "/pulse group eu = #buyers-eu #users-eu"
MOST_LISTED, MOST_NEAR = 20, 3


def is_now(group: ChannelGroup, before: ChannelGroup | None, digests: Sequence[Digest]) -> str:
    """A group that was made or changed, how it is read, and which digests still read what it was."""
    name = group.name
    if before and before.channels == group.channels:
        return f"{_bold(name)} was {channels(group.channels)} already."
    said = [f"{_bold(name)} is {channels(group.channels)} now{_was(before)}."]
    read = [MRKDWN.code(f"/pulse {each} group {name}") for each in ("score", "contrast", "trend")]
    said.append(
        f"To read it: {listed(read)}; for a digest: {MRKDWN.code(f'/pulse digest from group {name}')}."
    )
    said.append("It adds whole rounds of its channels. Who is in all of them may read it, and admins.")
    for digest in digests:
        typed = MRKDWN.code(f'/pulse digest "{digest.product.name}" from group {name}')
        said.append(
            f"The digest about {safe(digest.product.name)} reads the channels of before: "
            f"type {typed} in <#{digest.channel_id}> to change that."
        )
    return " ".join(said)


def removed(group: ChannelGroup) -> str:
    """A group that was removed, and how to put it back."""
    again = MRKDWN.code(f"/pulse group {group.name} =")
    return (
        f"{_bold(group.name)} is no group any more. Its channels, their rounds and digests stay as they are. "
        f"To put it back, type {again} and {channels(group.channels)}."
    )


def one(group: ChannelGroup) -> str:
    """A group alone, and what can be done with it."""
    forms = [MRKDWN.code(f"/pulse group {group.name} {each} #channel") for each in ("add", "remove")]
    remove = MRKDWN.code(f"/pulse group remove {group.name}")
    return f"{line(group)}. To change it: {forms[0]} or {forms[1]}; to remove it: {remove}."


def many(groups: Sequence[ChannelGroup]) -> str:
    """The groups that somebody may read."""
    more = len(groups) - MOST_LISTED
    lines = [line(each) for each in groups[:MOST_LISTED]]
    lines += [f"and {more} more: {MRKDWN.code('/pulse group NAME')} shows one"] if more > 0 else []
    return "\n".join(["*Groups of channels*", *lines])


def line(group: ChannelGroup) -> str:
    """The name of a group and its channels."""
    return f"{_bold(group.name)}: {channels(group.channels)}"


def read_of(group: ChannelGroup, read: Sequence[str]) -> str:
    """Of which channels figures are."""
    return f"Of the group {_bold(group.name)}: {channels(read)}."


def one_channel(name: str, there: Sequence[str]) -> str:
    """A group of one channel, or of none."""
    alone = f"{channels(there)} alone is read there, with {MRKDWN.code('/pulse score')}. " if there else ""
    form = MRKDWN.code(f"/pulse group {name} = #buyers-eu #users-eu")
    return f"A group has two channels or more. {alone}Say them all: {form}. {NOTHING}"


def too_many(most: int) -> str:
    """More channels than a group may have."""
    return f"A group has at most {most} channels. Make two of it. {NOTHING}"


def group_in_group(name: str, inner: ChannelGroup) -> str:
    """A group cannot hold another one."""
    typed = MRKDWN.code(f"/pulse group {name} =")
    return (
        f"{_bold(inner.name)} is a group, and a group holds channels only. "
        f"Type {typed} and its channels, {channels(inner.channels)}. {NOTHING}"
    )


def no_channel(word: str, name: str) -> str:
    """A word stands where a channel should."""
    form = MRKDWN.code(f"/pulse group {name} = #buyers-eu #users-eu")
    return f"{_bold(word)} is not a channel: type # and choose it from the names, as in {form}. {NOTHING}"


def no_group(name: str, near: Sequence[str]) -> str:
    """There is no such group, as far as this person may know; `near` are those that may be meant."""
    none = f"There is no group {_bold(name)} here."
    if near:
        return f"{none} Did you mean {' or '.join(map(_bold, near[:MOST_NEAR]))}? {NOTHING}"
    make = MRKDWN.code(f"/pulse group {name} = #buyers-eu #users-eu")
    return (
        f"{none} To make it: {make}. A product's name with the word group in it stands in quotes. {NOTHING}"
    )


def not_in_group(name: str, there: Sequence[str]) -> str:
    """A channel that is to go is not in it."""
    shows = MRKDWN.code(f"/pulse group {name}")
    return f"{channels(there)} is not in the group {_bold(name)}. {shows} shows it. {NOTHING}"


def name_of_product(name: str) -> str:
    """The name is that of a product."""
    form = MRKDWN.code(f"/pulse group {name}-channels = #buyers-eu #users-eu")
    return f"{_bold(name)} is a product. Give the group another name, such as {form}. {NOTHING}"


def name_of_channel(name: str, channel_id: str) -> str:
    """The name is that of a channel."""
    form = MRKDWN.code(f"/pulse group all-{name} = #buyers-eu #users-eu")
    return f"<#{channel_id}> has that name. Give the group another one, such as {form}. {NOTHING}"


def name_not_free(name: str) -> str:
    """The name cannot be had, for a reason that this person may not know."""
    form = MRKDWN.code(f"/pulse group {name}-channels = #buyers-eu #users-eu")
    return f"{_bold(name)} cannot be used as a name here. Choose another one, such as {form}. {NOTHING}"


def not_a_lead(channel_id: str | None) -> str:
    """Only those who lead in all of its channels change a group; None for a channel that is not theirs."""
    there = f"in <#{channel_id}>" if channel_id else "in one that you are not in"
    return (
        f"Only those who lead a question or a digest in each channel of a group change it, and workspace "
        f"admins; {there} you lead none. {NOTHING}"
    )


def changed_meanwhile(name: str) -> str:
    """Somebody else was quicker."""
    return f"{_bold(name)} was changed meanwhile: {MRKDWN.code(f'/pulse group {name}')} shows it. {NOTHING}"


def not_in_all(name: str) -> str:
    """Only who is in all channels reads a group."""
    return (
        f"The group {_bold(name)} has a channel that you are not in, so its figures are not shown to you. "
        f"Those of this channel: {MRKDWN.code('/pulse score')}."
    )


def not_shown(name: str) -> str:
    """Only who is in all channels reads which they are."""
    return f"The group {_bold(name)} has a channel that you are not in, so its channels are not shown to you."


def nothing_new(channel_id: str) -> str:
    """Bifocal was removed from a channel whose rounds still count."""
    return f"Bifocal is not in <#{channel_id}>, so nothing new comes from there."


def nothing_seen(name: str) -> str:
    """Bifocal is in none of its channels any more."""
    return (
        f"Bifocal does not see any channel of the group {_bold(name)} any more. "
        "Type `/invite @Bifocal` in them, then send this again."
    )


def nothing_about(group: str, product: str | None, known: Sequence[str]) -> str:
    """Nothing was asked in the channels of a group, or nothing about that product."""
    if product is None or not known:
        ask = MRKDWN.code("/pulse ask nps about Atlas")
        return f"Nothing was asked in the channels of {_bold(group)} yet. Type {ask} in one of them."
    there = ", ".join(map(safe, known))
    return f"Nothing about {_bold(product)} in the group {_bold(group)}. Asked about there: {there}."


def _was(before: ChannelGroup | None) -> str:
    return f", {channels(before.channels)} before" if before else ""


def _bold(name: str) -> str:
    return MRKDWN.bold(safe(name))

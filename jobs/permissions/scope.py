"""What a channel may see: the channels and products about which a query in it or a digest may speak."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from jobs.messages.wording import group_words, naming_words, why_not
from jobs.permissions.leads import is_admin
from jobs.permissions.near_names import near_names
from jobs.permissions.readable_groups import known_group, readable_channels
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import Digest, Product, Wave
from storage.store import Store


class _Access(Enum):
    READABLE = auto()
    LEFT = auto()
    UNSEEN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The channels of a digest: those that it may read now, and those that it may not.

    No lead is in the `left` any more, and Bifocal does not see the `unseen`. Of the `untold` Slack did not
    say who is in them; `unavailable` is the error of one of them. The `deserted`, where they were looked for,
    are readable, but Bifocal was removed there, so that nothing new can come from them.
    """

    readable: tuple[str, ...]
    left: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    unavailable: SlackUnavailable | None = None
    deserted: tuple[str, ...] = ()

    def require_told(self) -> None:
        """Raise SlackUnavailable if Slack did not say of every channel who is in it."""
        if self.unavailable:
            raise self.unavailable

    @property
    def removed_from(self) -> tuple[str, ...]:
        """The channels from which Bifocal was removed."""
        return (*self.unseen, *self.deserted)

    @property
    def lost(self) -> tuple[str, ...]:
        """The channels from which nothing new can come, until somebody does something."""
        return (*self.left, *self.removed_from)

    def notes(self) -> tuple[str, ...]:
        """A sentence of mrkdwn for each channel that may not be read, with the reason."""
        return (
            *map(why_not.source_left, self.left),
            *map(why_not.source_unseen, self.unseen),
            *map(why_not.source_untold, self.untold),
        )


async def sources_of(directory: Directory, digest: Digest) -> Sources:
    """The channels of a digest, as they may be read at this moment; its own channel may always be."""
    found = await asyncio.gather(*(_access(directory, digest, source) for source in digest.sources))
    by_source = dict(zip(digest.sources, found, strict=True))

    def those(access: _Access) -> tuple[str, ...]:
        return tuple(source for source, each in by_source.items() if each is access)

    untold = {source: each for source, each in by_source.items() if isinstance(each, SlackUnavailable)}
    return Sources(
        readable=those(_Access.READABLE),
        left=those(_Access.LEFT),
        unseen=those(_Access.UNSEEN),
        untold=tuple(untold),
        unavailable=next(iter(untold.values()), None),
    )


async def with_deserted(directory: Directory, digest: Digest, sources: Sources) -> Sources:
    """The sources, also looked at for where Bifocal was removed, as far as Slack tells that now."""
    found = [each for each in sources.readable if await _is_deserted(directory, digest, each)]
    return replace(sources, deserted=tuple(found))


async def _is_deserted(directory: Directory, digest: Digest, source: str) -> bool:
    try:
        channel = await directory.channel(digest.team_id, source)
    except SlackUnavailable:
        return False
    return channel is None or not channel.member


async def _access(directory: Directory, digest: Digest, source: str) -> _Access | SlackUnavailable:
    if source == digest.channel_id:
        return _Access.READABLE
    try:
        members = await directory.members(digest.team_id, source)
        if not members:
            return _Access.UNSEEN
        for lead in digest.leads:
            if lead in members and await directory.is_full_member(digest.team_id, lead):
                return _Access.READABLE
    except SlackUnavailable as unavailable:
        return unavailable
    return _Access.LEFT


@dataclass(frozen=True, slots=True)
class Scope:
    """The channels about whose pulses a query may speak, and the products found there.

    `notes` are sentences of mrkdwn about sources that may not be read now.
    """

    channels: tuple[str, ...]
    products: tuple[Product, ...]
    notes: tuple[str, ...] = ()


async def scope(store: Store, directory: Directory, *, team_id: str, channel_id: str) -> Scope:
    """The channel itself and those sources of its digests that may be read at this moment."""
    digests = await store.digests.in_channel(team_id, channel_id)
    sources = [await sources_of(directory, digest) for digest in digests if not digest.paused]
    readable = {source for each in sources for source in each.readable}
    channels = (channel_id, *sorted(readable - {channel_id}))
    notes = dict.fromkeys(note for each in sources for note in each.notes())
    products = await store.products.in_channels(team_id, channels)
    return Scope(channels, tuple(products), tuple(notes))


async def readers_of(store: Store, *, team_id: str, wave_id: str) -> tuple[Wave | None, list[Digest]]:
    """A question (None when there is no such one), and the digests that read what is answered to it."""
    wave = await store.waves.get(team_id, wave_id)
    if wave is None:
        return None, []
    readers = await store.digests.reading(team_id, wave.pulse.channel_id)
    return wave, [each for each in readers if each.reads(wave.pulse.product.id, wave.pulse.lens)]


class WhichProduct(Exception):
    """Raised when it is not clear which product is meant; `names` are those that may be."""

    def __init__(self, products: Sequence[Product]) -> None:
        super().__init__("which product")
        self.names = [product.name for product in products]


class UnknownProduct(Refused):
    """Raised where a name is no product of which this channel may read anything.

    `near` are those that may be meant, nearest first; where none is near, all that may be read here.
    """

    def __init__(self, name: str, here: Sequence[Product]) -> None:
        names = {product.name: product for product in here}
        self.name = name
        self.meant = near_names(name, names)
        self.near = self.meant or list(names)
        super().__init__(naming_words.nothing_about(name, self.near, meant=bool(self.meant)))


Subject = tuple[Product, tuple[str, ...]]
"""A product with the channels whose pulses may be read about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What a query is about; `notes` are sentences of mrkdwn about sources that may not be read now.

    `of` is a sentence that says which channels a group has, where one was named.
    """

    found: list[Subject]
    notes: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """What is to be read with the figures."""
        return (*self.of, *self.notes)


async def only_product(store: Store, directory: Directory, requester: Requester) -> str | None:
    """The name of the product that is spoken of in this channel; None where there is none, or a choice."""
    here = await scope(store, directory, team_id=requester.team_id, channel_id=requester.channel_id)
    return here.products[0].name if len(here.products) == 1 else None


async def subjects(store: Store, directory: Directory, requester: Requester, name: str | None) -> Subjects:
    """What a query in this channel is about: the product with this name, else every product in its scope.

    A workspace admin may name any product of the workspace. Where the requester asks about a group of
    channels, it is about these. Raises Refused where nothing was asked, or nothing about that product, or
    where it may not be read now.
    """
    team_id = requester.team_id
    if requester.group is not None:
        return await _of_group(store, directory, requester, requester.group, name)
    here = await scope(store, directory, team_id=team_id, channel_id=requester.channel_id)
    found: list[Subject] = [
        (product, here.channels) for product in here.products if name is None or product.is_called(name)
    ]
    if found:
        return Subjects(found=found, notes=here.notes)
    if name is None:
        raise Refused(_nothing(None, here))
    digests = await store.digests.in_channel(team_id, requester.channel_id)
    for whole in (each.product for each in digests if each.product.whole and not each.paused):
        if whole.is_called(name):  # its digest here shows users of others, though nothing was asked about it
            return Subjects(found=[(whole, here.channels)], notes=here.notes)
    elsewhere = await store.products.find(team_id, name)
    if elsewhere is not None and await is_admin(directory, team_id, requester.user_id):
        channels = await store.products.channels(team_id, product_id=elsewhere.id, whole=elsewhere.whole)
        return Subjects(found=[(elsewhere, tuple(channels))])
    if here.products and not here.notes:
        raise UnknownProduct(name, here.products)
    raise Refused(_nothing(name, here))


async def _of_group(
    store: Store, directory: Directory, requester: Requester, group_name: str, name: str | None
) -> Subjects:
    group = await known_group(store, directory, requester, group_name)
    here = await scope(store, directory, team_id=requester.team_id, channel_id=requester.channel_id)
    channels, notes = await readable_channels(directory, requester, group, here.channels)
    products = await store.products.in_channels(requester.team_id, channels)
    found = [(product, channels) for product in products if name is None or product.is_called(name)]
    if not found:
        nothing = group_words.nothing_about(group.name, name, [each.name for each in products])
        raise Refused(" ".join([nothing, *notes]))
    return Subjects(found=found, notes=notes, of=(group_words.read_of(group, channels),))


def _nothing(name: str | None, here: Scope) -> str:
    return why_not.nothing_read(name, here.notes) if here.notes else why_not.nothing_asked(name)

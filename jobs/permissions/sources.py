"""Which of its channels a digest may read now: those in which one of its leads still is."""

import asyncio
from dataclasses import dataclass
from enum import Enum, auto

from jobs.messages.wording import why_not
from jobs.permissions.full_member import is_full_member
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import Digest


class _Access(Enum):
    READABLE = auto()
    LEFT = auto()
    UNSEEN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The channels of a digest: those that it may read now, and those that it may not.

    No lead is in the `left` any more, and Bifocal does not see the `unseen`. Of the `untold` Slack did not
    say who is in them; `unavailable` is the error of one of them.
    """

    readable: tuple[str, ...]
    left: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    unavailable: SlackUnavailable | None = None

    def require_told(self) -> None:
        """Raise SlackUnavailable if Slack did not say of every channel who is in it."""
        if self.unavailable:
            raise self.unavailable

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


async def _access(directory: Directory, digest: Digest, source: str) -> _Access | SlackUnavailable:
    if source == digest.channel_id:
        return _Access.READABLE
    try:
        members = await directory.members(digest.team_id, source)
        if not members:
            return _Access.UNSEEN
        for lead in digest.leads:
            if lead in members and await is_full_member(directory, digest.team_id, lead):
                return _Access.READABLE
    except SlackUnavailable as unavailable:
        return unavailable
    return _Access.LEFT

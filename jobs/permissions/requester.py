"""Who asks Bifocal for something."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """The person who asks, in which channel of which workspace, and when.

    `team_id` is the workspace where Bifocal is installed. `channel_id` is empty for a form, which belongs to
    no channel. `group` names the group of channels that they ask about, in the place of this channel.
    """

    team_id: str
    user_id: str
    channel_id: str
    now: datetime
    group: str | None = None

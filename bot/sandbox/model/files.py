"""Files that the bot has brought into Slack: announced, then received, then complete, then processed."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True, kw_only=True)
class File:
    """One file. `received` is its content once it was sent, `complete_at` when the bot said that it is all.

    `channel_id` is where it was brought; without one only the bot can see it, until a message shows it.
    `secret` is the end of the address to which it is sent.
    """

    id: str
    name: str
    length: int
    secret: str
    alt: str = ""
    title: str = ""
    received: bytes | None = None
    complete_at: datetime | None = None
    channel_id: str | None = None


class Files:
    """Every file, by its id. `processing` is how long Slack takes before a message may show a new one."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self.processing = timedelta(0)

    def announce(self, name: str, length: int, alt: str) -> File:
        """A new file, whose content is still to come."""
        file = File(
            id=f"F{len(self.by_id):08d}", name=name, length=length, secret=secrets.token_hex(8), alt=alt
        )
        self.by_id[file.id] = file
        return file

    def sent_to(self, secret: str) -> File | None:
        """The file that is sent to this address."""
        return next((file for file in self.by_id.values() if file.secret == secret), None)

    def can_be_shown(self, file_id: str, now: datetime) -> bool:
        """Whether a message may show it at `now`: it is complete, and Slack has processed it."""
        file = self.by_id.get(file_id)
        return bool(file and file.complete_at and now >= file.complete_at + self.processing)

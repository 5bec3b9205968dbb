"""What is typed after `/pulse`, read by the reader of its command, without a bot."""

from datetime import UTC, datetime

from handlers.commands.command_table import SUBCOMMANDS
from handlers.syntax import (
    read_answers,
    read_ask,
    read_comments,
    read_contrast,
    read_digest,
    read_export,
    read_leads,
    read_number,
    read_plan,
    read_products,
    read_score,
    read_trend,
    read_why,
)
from handlers.syntax.groups import read_group
from handlers.syntax.outcomes import read_outcome

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
CHANNELS = ("buyers-eu", "users-eu", "partners-eu", "customers", "users", "channel")
TIMED = {
    "ask": read_ask,
    "schedule": read_plan,
    "digest": read_digest,
    "score": read_score,
    "contrast": read_contrast,
    "trend": read_trend,
    "why": read_why,
    "comments": read_comments,
    "outcome": read_outcome,
}
PLAIN = {
    "answers": read_answers,
    "export": read_export,
    "group": read_group,
    "leads": read_leads,
    "products": read_products,
}
NUMBERED = {"pause", "resume", "close", "change", "edit", "end", "remove", "delete", "takedown"}
WITHOUT = {"help", "list", "me", "forget", "say", "mute", "unmute"}


def read_as_typed(typed: str) -> None:
    """Read a whole command as it stands; raises CommandSyntaxError, and KeyError for no command at all."""
    name, _, words = typed.partition(" ")
    for channel in CHANNELS:
        words = words.replace(f"#{channel}", f"<#C0{channel.replace('-', '').upper()}|{channel}>")
    words = words.replace("@name", "<@U0NAME|name>")
    if name in TIMED:
        TIMED[name](words, now=NOW, zone="Europe/Berlin")
    elif name in PLAIN:
        PLAIN[name](words)
    elif name in NUMBERED:
        read_number(words, name)
    elif name not in SUBCOMMANDS or name not in WITHOUT:
        raise KeyError(name)

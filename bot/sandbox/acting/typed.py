"""What a person types after a slash command, as Slack hands it on with `should_escape`."""

import re

from bot.sandbox.model.channels import Kind
from bot.sandbox.model.people import User
from bot.sandbox.model.workspace import Workspace

_TOKEN = re.compile(r"(?<![\w&#@<])(?:[#@][\w.\-]+|https?://\S+)")
_BROADCASTS = {"@here": "<!here>", "@channel": "<!channel>", "@everyone": "<!everyone>"}


def plain(text: str) -> str:
    """The text of a command without `should_escape`: only the three characters of the markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped(workspace: Workspace, user: User, text: str) -> str:
    """The text with channels, people and links turned into references.

    A channel that the person cannot see stays a word; a private one comes without its name.
    """

    def reference(match: re.Match[str]) -> str:
        word = match.group()
        if word in _BROADCASTS:
            return _BROADCASTS[word]
        if word[0] == "#":
            return _channel(workspace, user, word)
        if word[0] == "@":
            called = workspace.called(word[1:])
            return f"<@{called.id}|{called.name}>" if called else word
        return f"<{word}>"

    return _TOKEN.sub(reference, plain(text))


def _channel(workspace: Workspace, user: User, word: str) -> str:
    channel = workspace.named(word[1:])
    if channel is None or (channel.kind is Kind.PRIVATE and user.id not in channel.members):
        return word
    name = channel.name if channel.kind is Kind.PUBLIC else ""
    return f"<#{channel.id}|{name}>"

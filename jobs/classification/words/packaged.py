"""The word lists that come with the classifier: TOML files beside this module."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

LISTS = (
    "caution.toml", "emoji.toml", "languages.toml", "lexicon.toml", "ratings.toml", "sayings.toml",
    "wishes.toml",
)  # fmt: skip


def text(name: str) -> str:
    """The text of one file."""
    return Path(__file__).with_name(name).read_text("utf-8")


def table(name: str) -> dict[str, Any]:
    """One file, parsed."""
    return tomllib.loads(text(name))


def digest(*more: str) -> str:
    """Twelve hex digits that change when any of the lists, or what is given beside them, changes."""
    content = "\0".join([*map(text, LISTS), *more])
    return hashlib.sha256(content.encode()).hexdigest()[:12]

"""Reading and checking the lexicon's file: a person writes it, so every mistake gets a sentence."""

import tomllib
from pathlib import Path
from typing import Any

from jobs.classification.words import packaged
from jobs.classification.words.tokens import words
from storage.records import Touchpoint

_TOUCHPOINTS = sorted(touchpoint for touchpoint in Touchpoint if touchpoint is not Touchpoint.OTHER)
_LISTS = {
    **{f"touchpoints.{name}": {"strong", "weak"} for name in _TOUCHPOINTS},
    "nothing": {"phrases"},
    "tone": {"positive", "negative"},
    "products": {"names"},
}

Lists = dict[tuple[str, str], list[str]]


class LexiconError(ValueError):
    """A lexicon file that cannot be read; the message names the file and the place."""


def shipped() -> Lists:
    """The lists of the lexicon that comes with Bifocal, by (section, key)."""
    return _lists(packaged.text("lexicon.toml"), "lexicon.toml")


def own(path: Path) -> Lists:
    """The lists of a team's own file.

    Raises:
        LexiconError: the file cannot be read, is not TOML, or holds something that a lexicon does not know.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"the lexicon {path} cannot be read: {error}") from error
    return _lists(text, str(path))


def _lists(text: str, name: str) -> Lists:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"the lexicon {name} is not TOML: {error}") from error
    lists: Lists = {}
    for section, content in _sections(table, name):
        for key, phrases in content.items():
            if key not in _LISTS[section]:
                raise LexiconError(
                    f"the lexicon {name} has {key} in [{section}]; "
                    f"it takes {' and '.join(sorted(_LISTS[section]))}"
                )
            lists[section, key] = _phrases(phrases, f"the lexicon {name}: {key} in [{section}]")
    return lists


def _sections(table: dict[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
    """The tables of the file by their full names, all of them known."""
    touchpoints = table.pop("touchpoints", {})
    if not isinstance(touchpoints, dict):
        raise LexiconError(
            f"the lexicon {name}: touchpoints is written as [touchpoints.billing] and the like"
        )
    found = [*((f"touchpoints.{key}", value) for key, value in touchpoints.items()), *table.items()]
    for section, content in found:
        if section not in _LISTS or not isinstance(content, dict):
            raise LexiconError(
                f"the lexicon {name} has {section}; "
                "it knows [nothing], [tone], [products] and [touchpoints.NAME] with the names "
                + ", ".join(_TOUCHPOINTS)
            )
    return found


def _phrases(value: object, place: str) -> list[str]:
    if isinstance(value, list) and all(isinstance(phrase, str) and words(phrase) for phrase in value):
        return value
    raise LexiconError(f'{place} takes a list of words in quotes, as ["word", "two words"]')

"""Finds names that are meant for Bifocal and that no setting has, and the setting that was probably meant.

Without this a misspelt name would be passed over, and the default would hold without a word: of the smallest
group, for one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

_OURS = "BIFOCAL_"
_SLACKS = "SLACK_"
_SLIP = 2  # edits: a letter missing, two letters swapped
_LONGEST_SHOWN = 80
_BEGUN = re.compile(r"^[ \t]*(?:(?:export|set)[ \t]+)?([a-z]\w*)", re.MULTILINE | re.IGNORECASE)


def misnamed(
    settings: Sequence[str], *, environment: Iterable[str], file: Iterable[str], refused: Iterable[str] = ()
) -> Iterator[str]:
    """A sentence for each name that is meant for Bifocal and is none of its `settings`.

    That is every BIFOCAL_ name, every SLACK_ name in the file `.env`, and every name within two edits of a
    setting that begins with either. Other SLACK_ names of the environment belong to other tools. `refused`
    are names that have a sentence of their own. Names are compared in capitals.
    """
    place = dict.fromkeys(map(str.upper, environment), "the environment")
    place |= dict.fromkeys(map(str.upper, file), ".env")
    for name in sorted(place.keys() - {*settings, *refused}):
        near = _misspelt(name, settings)
        if near is None and (name.startswith(_OURS) or (name.startswith(_SLACKS) and place[name] == ".env")):
            near = get_close_matches(name[:_LONGEST_SHOWN], settings, n=1, cutoff=0)[0]
        if near is not None:
            yield f"{_shown(name)} is not a setting: rename it to {near}, or take it out of {place[name]}."


def begun(text: str) -> set[str]:
    """The words in capitals with which the lines of `.env` begin, whether they can be read or not."""
    return {found[1].upper() for found in _BEGUN.finditer(text)}


def unreadable(settings: Iterable[str], *, text: str, file: Mapping[str, str | None]) -> Iterator[str]:
    """A sentence for each setting that begins a line of `.env`, the `text`, and has no value in `file`.

    That is a line without "=", or one in which a quotation mark is not closed: such lines are passed over.
    `file` is what was read of it, by names in any case.
    """
    given = {name.upper() for name, value in file.items() if value is not None}
    for name in sorted(begun(text).intersection(settings) - given):
        yield f"{name} stands in a line of .env that cannot be read: write {name}=, then its value."


def _misspelt(name: str, settings: Iterable[str]) -> str | None:
    """The setting that a name is within two edits of, the nearest first; short names are left to others."""
    near = [
        (edits(name, right), right)
        for right in settings
        if right.startswith((_OURS, _SLACKS)) and abs(len(name) - len(right)) <= _SLIP
    ]
    distance, right = min(near, default=(_SLIP + 1, ""))
    return right if distance <= _SLIP else None


def edits(one: str, other: str) -> int:
    """How many letters must be added, left out or changed to make one word the other (Levenshtein 1966)."""
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, right in enumerate(other, start=1):
            changed = above[column - 1] + (letter != right)
            line.append(min(above[column] + 1, line[-1] + 1, changed))
        above = line
    return above[-1]


def _shown(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:_LONGEST_SHOWN]

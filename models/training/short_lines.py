"""Short verdicts, turned sayings, polite requests and bare complaints of our own: `short/*.txt`.

No model learns them. The words and rules of the classifier were written with one half before the eyes; the
other half is kept for judging: nobody looks at what goes wrong there, only at how much.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models.training.sets import own_lines

SHORT = Path(__file__).parent / "short"
LATER = "later"  # lines that were written after the lists, read once, and then learnt from
_TONES = {"-": -1, "0": 0, "+": 1}


class ShortLine(NamedTuple):
    """A comment with its tone (-1, 0, 1), what kind of comment it is, and whether it is kept for judging."""

    text: str
    tone: int
    kind: str
    kept: bool


def short_lines() -> list[ShortLine]:
    """All of them in the order of their files, each text once; what the model has learnt is never kept."""
    learnt = {_bare(line.text) for line in own_lines() if not line.held_out}
    lines = {line.text.casefold(): line for path in sorted(SHORT.glob("*.txt")) for line in _read(path)}
    return [line._replace(kept=line.kept and _bare(line.text) not in learnt) for line in lines.values()]


def _bare(text: str) -> str:
    """A text without the marks at its ends and the capitals in which two writers may differ."""
    return text.casefold().strip(" .!?")


def _read(path: Path) -> Iterator[ShortLine]:
    kind = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("== "):
            kind = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            tone, _, text = line.partition(" ")
            kept = kind != LATER and zlib.crc32(text.casefold().encode()) % 2 == 0
            yield ShortLine(text, _TONES[tone], kind, kept=kept)

"""Our own comments in the languages, to learn from (`lines`) and to judge by (`judged`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).parent
TONES = {"negative": -1, "neutral": 0, "positive": 1}


class Line(NamedTuple):
    """A comment, its language by the code, its tone (-1, 0, 1) and its topic, empty where none is given."""

    text: str
    language: str
    tone: int
    topic: str


def lines(folder: str = "lines") -> Iterator[Line]:
    """The lines of a folder beside this module; those of `judged` are never learnt from."""
    for path in sorted((HOME / folder).glob("*.txt")):
        topic = tone = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("== "):
                topic, _, tone = line.removeprefix("== ").rpartition(" ")
            elif line and not line.startswith("# "):
                yield Line(line, path.stem, TONES[tone], topic)

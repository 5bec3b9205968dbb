"""Single words of praise and blame with their tone, written for this project: `word-tones.txt`."""

from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parent / "word-tones.txt"


def own_words() -> Iterator[tuple[str, int]]:
    """The words with their tone, from -3 to 3, in the order of the file."""
    tone = 0
    for line in FILE.read_text("ascii").splitlines():
        if line.startswith("== "):
            tone = int(line.removeprefix("== "))
        elif not line.startswith("# "):
            yield from ((word, tone) for word in line.split())

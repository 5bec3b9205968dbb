"""Which language a text is in, by its words and by up to four letters in a row of them."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

TABLE = "tongue.npz"
BUCKETS = 1 << 15  # grams share them: two of the same bucket count as one
LONGEST = 4
OTHER = "other"
_WORD = re.compile(r"[^\W\d_]+")


class Tongue:
    """A linear model of grams. A text without letters is in none of the languages."""

    def __init__(self, file: Path) -> None:
        with np.load(file, allow_pickle=False) as table:
            self._weights = table["weights"].astype(np.float32) * table["step"]
            self._start = table["start"]
            self._codes = table["codes"].tobytes().decode().split()

    def __call__(self, text: str) -> dict[str, float]:
        """How likely each language is, `en` for English and `other` for all that are not known among them."""
        counts = Counter(map(bucket, grams(text)))
        if not counts:
            return dict.fromkeys(self._codes, 0.0) | {OTHER: 1.0}
        places, times = list(counts), np.array(list(counts.values()), np.float32)
        scores = self._weights[:, places] @ (times / np.sqrt(times.sum())) + self._start
        grown = np.exp(scores - scores.max())
        return dict(zip(self._codes, (grown / grown.sum()).tolist(), strict=True))


def grams(text: str) -> Iterator[str]:
    """Each word of a text, and its letters one to four in a row, its edges among them."""
    for word in _WORD.findall(text.lower()):
        edged = f" {word} "
        yield f"{edged}="
        yield from word
        for length in range(2, LONGEST + 1):
            yield from (edged[at : at + length] for at in range(len(edged) - length + 1))


def bucket(gram: str) -> int:
    """The place of a gram in the table."""
    return zlib.crc32(gram.encode()) % BUCKETS

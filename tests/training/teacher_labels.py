"""What the accurate model said of the training texts: probabilities that teach the small model, kept in a file."""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.training.sets import FAMILIES

FOLDER = Path(__file__).parent
Probabilities = tuple[float, float, float]


class Taught:
    """Probabilities of negative, neutral and positive by text; only a digest of each text is kept."""

    def __init__(self, table: Mapping[str, Sequence[int]]) -> None:
        self._table = table

    def get(self, text: str) -> Probabilities | None:
        """The teacher's probabilities of a text it was asked about."""
        found = self._table.get(key(text))
        return (found[0] / 100, 1 - (found[0] + found[1]) / 100, found[1] / 100) if found else None


def key(text: str) -> str:
    """The digest by which a text is looked up."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def load(without: Sequence[str] = ()) -> Taught:
    """The labels of a teacher that learnt from none of the sets named; none where there is no such teacher."""
    name = half(without)
    path = FOLDER / f"teacher-{name}.json.gz" if name else None
    if path is None or not path.exists():
        return Taught({})
    return Taught(json.loads(gzip.decompress(path.read_bytes())))


def half(without: Sequence[str]) -> str | None:
    """The name of the teacher that saw none of these sets: `all`, or one of two that each saw half of the families."""
    product = {name for family in FAMILIES[:3] for name in family}
    software = {name for family in FAMILIES[3:] for name in family}
    unseen = set(without) & (product | software)
    if not unseen:
        return "all"
    if unseen <= product:
        return "without-product-reviews"
    return "without-software" if unseen <= software else None

"""What the accurate model said of texts: probabilities that teach the small model, kept in files here."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.training.sets import FAMILIES

FOLDER = Path(__file__).parent
Probabilities = tuple[float, float, float]

# The families that the second teacher has not seen. A set of the others is measured without any teacher.
PRODUCT_REVIEWS = frozenset(name for family in FAMILIES[:3] for name in family)


class Taught:
    """Probabilities of negative, neutral and positive by text; only a digest of each text is kept."""

    def __init__(self, table: Mapping[str, Sequence[int]]) -> None:
        self._table = table

    def get(self, text: str) -> Probabilities | None:
        """The teacher's probabilities of a text it was asked about, else None."""
        found = self._table.get(key(text))
        return (found[0] / 100, 1 - (found[0] + found[1]) / 100, found[1] / 100) if found else None


def key(text: str) -> str:
    """The digest by which a text is looked up."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def load(without: Sequence[str] = ()) -> Taught:
    """The labels of a teacher that learnt from none of the sets named; empty where there is none."""
    unseen = set(without) & {name for family in FAMILIES for name in family}
    if not unseen:
        return _read("teacher.json.gz")
    return _read("teacher-without-product-reviews.json.gz") if unseen <= PRODUCT_REVIEWS else Taught({})


def _read(name: str) -> Taught:
    path = FOLDER / name
    return Taught(json.loads(gzip.decompress(path.read_bytes())) if path.exists() else {})


def write(name: str, labels: Iterable[tuple[str, Probabilities]]) -> None:
    """Keep labels in a file of this folder: whole hundredths, in the order of the digests."""
    table = {
        key(text): [round(100 * negative), round(100 * positive)] for text, (negative, _, positive) in labels
    }
    packed = json.dumps(dict(sorted(table.items())), separators=(",", ":")).encode()
    (FOLDER / name).write_bytes(gzip.compress(packed, compresslevel=9, mtime=0))

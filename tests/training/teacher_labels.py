"""What the accurate model said of texts: probabilities that teach the small model, kept in files here."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.training.sets import FAMILIES

FILE = Path(__file__).parent / "teacher.json.gz"
Probabilities = tuple[float, float, float]


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
    """The labels of the teacher; none when a family is left out, since the teacher has learnt from it."""
    unseen = set(without) & {name for family in FAMILIES for name in family}
    return Taught({} if unseen else json.loads(gzip.decompress(FILE.read_bytes())))


def write(labels: Iterable[tuple[str, Probabilities]]) -> None:
    """Keep labels: whole hundredths, in the order of the digests."""
    table = {
        key(text): [round(100 * negative), round(100 * positive)] for text, (negative, _, positive) in labels
    }
    packed = json.dumps(dict(sorted(table.items())), separators=(",", ":")).encode()
    FILE.write_bytes(gzip.compress(packed, compresslevel=9, mtime=0))

"""What the accurate model said of texts: probabilities that teach the small model, kept in files here."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from models.training.sets import FAMILIES, HELD_BACK

HOME = Path(__file__).parent
Probabilities = tuple[float, float, float]
Table = Mapping[str, Sequence[int]]


class Taught:
    """Probabilities of negative, neutral and positive by text; only a digest of each text is kept."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, text: str) -> Probabilities | None:
        """The teacher's probabilities of a text it was asked about, else None."""
        found = self._table.get(key(text))
        return (found[0] / 100, 1 - (found[0] + found[1]) / 100, found[1] / 100) if found else None


def key(text: str) -> str:
    """The digest by which a text is looked up."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def file(without: Sequence[str] = ()) -> Path | None:
    """The labels of a teacher that has learnt from none of these sets; None where there is none."""
    unseen = set(without) & {name for family in FAMILIES for name in family}
    if not unseen:
        return HOME / "teacher.json.gz"
    part = next((part for part, names in HELD_BACK.items() if unseen <= set(names)), None)
    return HOME / f"teacher.without-{part}.json.gz" if part else None


def load(without: Sequence[str] = ()) -> Taught:
    """The labels of that teacher, none where there is none."""
    path = file(without)
    return Taught(json.loads(gzip.decompress(path.read_bytes())) if path else {})


def table(labels: Iterable[tuple[str, Probabilities]]) -> Table:
    """Labels by the digest of their text, in its order: whole hundredths of negative and of positive."""
    hundredths = {
        key(text): [round(100 * negative), round(100 * positive)] for text, (negative, _, positive) in labels
    }
    return dict(sorted(hundredths.items()))


def write(path: Path, labels: Table) -> None:
    """Keep labels in a file."""
    packed = json.dumps(labels, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(packed, compresslevel=9, mtime=0))

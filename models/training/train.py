"""Train the classifier: `python -m models.training.train [FOLDER]`, the folder of the sets not in the clone.

Writes the model file with its checksum, and the figures of the model card. The same data, versions, machine
and number of threads give the same file. It says which sets it learnt without, and how the new model differs.
"""

import bz2
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobs.classification import Classifier
from jobs.classification.model import linear as model
from models.training import card, crossval, sets

HOME = Path(model.__file__).parent


def main(folder: Path) -> None:
    """Learn from everything, write the model, measure by family, write the card."""
    found = crossval.corpus(folder)
    missing = [name for name in sets.names() if name not in found.sets]
    if missing:
        _say(f"without {', '.join(missing)}: python -m models.training.fetch_data says where they are from")
    before = Classifier.load()
    digest = write(crossval.table(found))
    _say(f"wrote {model.FILE}, SHA-256 {digest}")
    _say(compared(before, Classifier.load(), [row.text for row in found.sets[sets.BENCHMARK]]))
    card.write(found, digest)
    _say(f"wrote {card.CARD.name}")


def compared(before: Classifier, after: Classifier, texts: Sequence[str]) -> str:
    """How many texts two classifiers read alike, in one sentence."""
    if before.version == after.version:
        return "it is the model that was there before"
    read = [(before.classify(text), after.classify(text)) for text in texts]
    tones = sum(one.sentiment is other.sentiment for one, other in read)
    topics = sum(one.touchpoints == other.touchpoints for one, other in read)
    return (
        f"it is not the model that was there before: of {len(read)} texts of {sets.BENCHMARK} "
        f"it gives {tones} the same tone and {topics} the same topics"
    )


def packed(table: dict[str, Any]) -> bytes:
    """The model file's bytes; they hold no time and no path."""
    text = json.dumps(table, separators=(",", ":"), ensure_ascii=False)
    return bz2.compress(text.encode())


def write(table: dict[str, Any]) -> str:
    """Put the model and its SHA-256 beside the classifier."""
    content = packed(table)
    digest = hashlib.sha256(content).hexdigest()
    (HOME / model.FILE).write_bytes(content)
    (HOME / model.CHECKSUM).write_text(f"{digest}\n", "ascii")
    return digest


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command line tool speaks


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else sets.FETCHED)

"""Train the classifier: `python -m models.training.train FOLDER` with the folder of the labelled sets.

Writes the model file with its checksum, and the figures of the model card. The same data, versions and
machine give the same file.
"""

import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from jobs.classification.model import linear as model
from models.training import card, crossval

HOME = Path(model.__file__).parent


def main(folder: Path) -> None:
    """Learn from everything, write the model, measure by family, write the card."""
    found = crossval.corpus(folder)
    digest = write(crossval.table(found))
    print(f"wrote {model.FILE}, SHA-256 {digest}")  # noqa: T201 - a command line tool speaks
    card.write(found, digest)
    print(f"wrote {card.CARD.name}")  # noqa: T201 - a command line tool speaks


def packed(table: dict[str, Any]) -> bytes:
    """The model file's bytes; they hold no time and no path."""
    text = json.dumps(table, separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def write(table: dict[str, Any]) -> str:
    """Put the model and its SHA-256 beside the classifier."""
    content = packed(table)
    digest = hashlib.sha256(content).hexdigest()
    (HOME / model.FILE).write_bytes(content)
    (HOME / model.CHECKSUM).write_text(f"{digest}\n", "ascii")
    return digest


if __name__ == "__main__":
    main(Path(sys.argv[1]))

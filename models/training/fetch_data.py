"""The labelled sets: `python -m models.training.fetch_data FOLDER` fetches the originals and checks the sets.

It puts the public files of `originals.toml` into FOLDER/originals and says the SHA-256 of each. It cannot
compare these: only the SHA-256 of the sets that were made from them was written down. Then it compares the
sets in FOLDER, files such as `huliu9.tsv`, with `sets.sha256`: on these both models were trained. It does not
make the sets from the originals; README.md says how they are made.
"""

import hashlib
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).parent
ORIGINALS = tomllib.loads((HOME / "originals.toml").read_text("utf-8"))
_PATIENCE = 60  # seconds


def fetch(folder: Path, name: str, address: str) -> str:
    """Fetch a file that is not in the folder yet; the line says its SHA-256, or why it is not there."""
    file = folder / name
    try:
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310 - those of the file
                content = answer.read()
            file.write_bytes(content)
    except OSError as error:
        return f"{name}: not fetched from {address}: {error}"
    return f"{name}: SHA-256 {_digest(file)}"


def check(folder: Path, written_down: Path = HOME / "sets.sha256") -> dict[str, str]:
    """Each set by its file's name: "as trained", "differs" or "missing"."""
    lines = (line.split() for line in written_down.read_text("ascii").splitlines())
    return {name: _state(folder / name, digest) for digest, name in lines}


def _state(file: Path, digest: str) -> str:
    if not file.exists():
        return "missing"
    return "as trained" if _digest(file) == digest else "differs"


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def told(folder: Path) -> Iterator[str]:
    """Fetch and check everything; one line on each original and on each set."""
    for name, original in ORIGINALS.items():
        yield f"{fetch(folder / 'originals', name, original['address'])} (for {', '.join(original['sets'])})"
    yield from (f"{name}: {state}" for name, state in check(folder).items())


if __name__ == "__main__":
    for line in told(Path(sys.argv[1])):
        print(line)  # noqa: T201 - a command line tool speaks
    sys.exit(set(check(Path(sys.argv[1])).values()) != {"as trained"})

"""The labelled sets: `python -m models.training.fetch_data [FOLDER]` fetches those that the clone lacks.

The sets that may be shipped are in `data`, packed, with their licences. The others are made of originals that
it fetches from the addresses in `originals.toml` into FOLDER/originals; without a FOLDER it is `build/sets`,
where `make train` looks. It compares all with `sets.sha256`: on these sets both models were trained.
"""

import hashlib
import sys
import tomllib
import urllib.request
from pathlib import Path

from models.training import app_stars, sets

HOME = Path(__file__).parent
ORIGINALS = tomllib.loads((HOME / "originals.toml").read_text("utf-8"))
MADE = {"urr_app_stars": ("golden_set.csv", app_stars.made)}  # what is not shipped, of which original and how
NOT_PUBLIC = {sets.STRESS: ", and not public: it only measures"}
_PATIENCE = 60  # seconds


def main(folder: Path) -> int:
    """Make what is missing, and say of each set what is there; 0 when all that are public are as trained."""
    for name in MADE:
        if check(folder)[name] == "missing":
            print(make(folder, name))  # noqa: T201 - a command line tool speaks
    found = check(folder)
    for name, state in found.items():
        print(f"{name}: {state}{NOT_PUBLIC.get(name, '') if state == 'missing' else ''}")  # noqa: T201
    return int({state for name, state in found.items() if name not in NOT_PUBLIC} != {"as trained"})


def make(folder: Path, name: str) -> str:
    """Fetch the original of a set and write the set; the line says what became of it."""
    file, set_of = MADE[name]
    said = fetch(folder / "originals", file, ORIGINALS[file]["address"])
    if (folder / "originals" / file).exists():
        (folder / f"{name}.tsv").write_bytes(set_of((folder / "originals" / file).read_bytes()))
        return f"{said}; made {name}.tsv of it"
    return said


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
    return f"{name}: SHA-256 {hashlib.sha256(file.read_bytes()).hexdigest()}"


def check(folder: Path, written_down: Path = HOME / "sets.sha256") -> dict[str, str]:
    """Each set by its name, in the folder or in the clone: "as trained", "differs" or "missing"."""
    lines = (line.split() for line in written_down.read_text("ascii").splitlines())
    digests = {file.removesuffix(".tsv"): digest for digest, file in lines}
    return {name: _state(folder, name, digest) for name, digest in digests.items()}


def _state(folder: Path, name: str, digest: str) -> str:
    content = sets.content(folder, name)
    if content is None:
        return "missing"
    return "as trained" if hashlib.sha256(content).hexdigest() == digest else "differs"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else sets.FETCHED))

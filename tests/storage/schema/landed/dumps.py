"""The dumps of all landed versions, one file for each kind of database; each says what differs from the last.

A line `=0007` begins a version, `>` is followed by a line of its own, and `<3 9` stands for lines 3 to 8 of
the version before.
"""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

FOLDER = Path(__file__).parent


def read_dumps(kind: str) -> dict[str, str]:
    """The SQL of each version, the oldest first, of `sqlite` or `postgres`."""
    path, found, before = FOLDER / f"landed.{kind}.txt", dict[str, list[str]](), list[str]()
    lines: list[str] = []
    for line in path.read_text().splitlines() if path.exists() else ():
        mark, rest = line[0], line[1:]
        if mark == "=":
            before, lines = lines, []
            found[rest] = lines
        elif mark == "<":
            first, end = map(int, rest.split())
            lines += before[first:end]
        else:
            lines.append(rest)
    return {version: "\n".join(each) + "\n" for version, each in found.items()}


def write_dumps(kind: str, dumps: Mapping[str, str]) -> int:
    """Writes them; how many characters that takes."""
    written, before = [], list[str]()
    for version in sorted(dumps):
        lines = dumps[version].splitlines()
        written += [f"={version}", *_differences(before, lines)]
        before = lines
    text = "\n".join(written) + "\n"
    (FOLDER / f"landed.{kind}.txt").write_text(text)
    return len(text)


def _differences(before: Sequence[str], lines: Sequence[str]) -> list[str]:
    told = []
    for same, first, end, start, stop in SequenceMatcher(None, before, lines, autojunk=False).get_opcodes():
        told += [f"<{first} {end}"] if same == "equal" else [f">{line}" for line in lines[start:stop]]
    return told

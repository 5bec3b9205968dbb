"""The floor plan of a tree: its modules and packages, the names that are shared, the rooms and their imports.

It reads the files and runs none of them. A room is what stands directly in a wing: a module, or a folder with
all that is below it.
"""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

LAYERS = ["bot", "handlers", "jobs", "storage"]
FACES = {"__init__", "__main__", "env"}
"""Modules that have the name of their place, not one of their own."""

BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where a statement holds others."""


class Wing(NamedTuple):
    """The rooms of a wing that import or are imported; the longest way down; how many circles there are."""

    rooms: int
    arrows: int
    floors: int
    circles: int


class FloorPlan:
    """What can be read of the product in the folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._imported: dict[Path, set[str]] = {}

    @cached_property
    def modules(self) -> list[Path]:
        """Every module, relative to the root; the migrations too."""
        found = [path for layer in LAYERS for path in (self.root / layer).rglob("*.py")]
        return sorted(path.relative_to(self.root) for path in found)

    @cached_property
    def named(self) -> list[Path]:
        """The modules with a name of their own."""
        return [path for path in self.modules if path.stem not in FACES and "versions" not in path.parts]

    @cached_property
    def package_sizes(self) -> dict[Path, int]:
        """How many modules with a name of their own each package holds."""
        held = Counter(path.parent for path in self.named)
        return {package: held[package] for package in sorted({path.parent for path in self.modules})}

    def tree(self, path: Path) -> ast.Module:
        """A module as it is parsed."""
        return ast.parse((self.root / path).read_text())

    def imported(self, path: Path) -> set[str]:
        """Every module that a module imports, by its full name; each file is read once."""
        if path not in self._imported:
            self._imported[path] = set(_imports(self.tree(path)))
        return self._imported[path]

    def shared_stems(self, *, sandbox: bool = False, plurals: bool = True) -> list[list[Path]]:
        """The groups of modules that share a name; with `plurals`, "wave" and "waves" are one name.

        The sandbox imitates Slack and has Slack's names, so it counts apart.
        """
        homes = defaultdict(list)
        for path in self.named:
            if ("sandbox" in path.parts) is sandbox:
                stem = path.stem.replace("_", "")
                homes[stem.removesuffix("s") if plurals else stem].append(path)
        return [paths for paths in homes.values() if len(paths) > 1]

    def look_alikes(self) -> int:
        """How many pairs of names in the product differ by a plural only."""
        return sum(len({path.stem for path in paths}) - 1 for paths in self.shared_stems())

    def rooms(self, wing: str) -> dict[Path, str]:
        """Each module of a wing with the room it is in. A face that only hands names on is in none.

        The wing `bot` holds the rooms of the sandbox beside its own.
        """
        rooms = {}
        for path in self.modules:
            if path.is_relative_to(wing) and (path.name != "__init__.py" or self._defines(path)):
                parts = path.relative_to(wing).with_suffix("").parts
                rooms[path] = "/".join(parts[: 2 if (wing, parts[0]) == ("bot", "sandbox") else 1])
        return rooms

    def arrows(self, wing: str) -> set[tuple[str, str]]:
        """Which room of a wing imports which other."""
        rooms, prefix = self.rooms(wing), f"{wing.replace('/', '.')}."
        names, arrows = set(rooms.values()), set()
        for path, room in rooms.items():
            for name in self.imported(path):
                parts = name.removeprefix(prefix).split(".") if name.startswith(prefix) else []
                used = next((at for n in (2, 1) if (at := "/".join(parts[:n])) in names), room)
                arrows |= {(room, used)} if used != room else set()
        return arrows

    def wing(self, wing: str) -> Wing:
        """The measures of a wing."""
        arrows = self.arrows(wing)
        below: dict[str, set[str]] = defaultdict(set)
        for above, under in arrows:
            below[above].add(under)
        rooms = {room for arrow in arrows for room in arrow}
        circles = 0
        while circle := _circle(below):  # taken apart one import at a time, so that the floors can be counted
            below[circle[1]].discard(circle[0])
            circles += 1
        floor: dict[str, int] = {}
        for room in TopologicalSorter(below).static_order():
            floor[room] = 1 + max((floor[under] for under in below.get(room, ())), default=0)
        return Wing(len(rooms), len(arrows), max(floor.values(), default=0), circles)

    def _defines(self, path: Path) -> bool:
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return any(isinstance(node, kinds) for node in self.tree(path).body)


def _circle(below: dict[str, set[str]]) -> list[str]:
    """Rooms that import each other in a circle; none when there is no circle."""
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _imports(block: ast.AST) -> Iterator[str]:
    """The imports among the statements of a block and of those inside of it; no expression holds any."""
    for part in BLOCKS:
        for node in getattr(block, part, ()):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield from _imports(node)

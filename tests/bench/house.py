"""How the house is built, in numbers: shared names, packages, rooms, and the modules that a trip enters.

`make house` measures this tree, `make house ARGS="../before ."` other trees too, each with its own code: a
work tree of an older commit will do (`git worktree add ../before COMMIT`). `--modules` lists what each trip
enters.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.floor_plan import FloorPlan

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
WINGS = ["bot", "handlers", "jobs", "jobs/messages", "jobs/classification", "storage"]
MOST_MODULES = 12  # of a package
Trips = dict[str, tuple[list[str], list[str]]]
"""The modules of each trip: those entered in the event loop's thread, and those entered in any thread."""
Figures = dict[str, dict[str, str]]
"""Figures by their names, in sections."""


def figures(plan: FloorPlan, trips: Trips) -> Figures:
    """Every figure of a tree, as it is printed."""
    sizes = plan.package_sizes
    largest = max(sizes, key=lambda package: sizes[package])
    return {
        "File names": {
            "shared": _shared(plan, sandbox=False),
            "shared in the sandbox": _shared(plan, sandbox=True),
            "pairs that differ by a plural": str(plan.look_alikes()),
        },
        "Modules a package": {
            "most": f"{sizes[largest]} in {largest}",
            f"packages over {MOST_MODULES}": str(sum(size > MOST_MODULES for size in sizes.values())),
        },
        "Rooms / arrows between them / floors / circles": {
            wing: " / ".join(map(str, plan.wing(wing))) for wing in WINGS
        },
        "Modules entered (with the database's threads)": {
            name: f"{len(on_the_loop)} ({len(in_all_threads)})"
            for name, (on_the_loop, in_all_threads) in trips.items()
        },
    }


def _shared(plan: FloorPlan, *, sandbox: bool) -> str:
    shared = plan.shared_stems(sandbox=sandbox, plurals=False)
    return f"{len(shared)} names, {sum(map(len, shared))} modules"


def trips_of(root: Path) -> Trips:
    """The trips through the code of `root`, in a process that sees no other tree."""
    command = [sys.executable, "-P", str(HERE / "trips.py"), str(root)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return {name: (loop, threads) for name, (loop, threads) in json.loads(done.stdout).items()}


def main() -> None:
    """Measure the trees that are named, or this one, and print a column for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trees", nargs="*", type=Path, default=[ROOT], help="folders; none: this tree")
    parser.add_argument("--modules", action="store_true", help="list the modules that each trip enters")
    given = parser.parse_args()
    names = [tree.resolve().name for tree in given.trees]
    trips = [trips_of(tree.resolve()) for tree in given.trees]
    columns = [
        figures(FloorPlan(tree.resolve()), trip) for tree, trip in zip(given.trees, trips, strict=True)
    ]
    table = Table("", *names)
    for section, rows in columns[0].items():
        table.add_section()
        table.add_row(f"[bold]{section}")
        for row in rows:
            table.add_row(f"  {row}", *(column[section][row] for column in columns))
    console = Console()
    console.print(table)
    for name, trip in zip(names, trips, strict=True) if given.modules else ():
        for act, (on_the_loop, _) in trip.items():
            console.print(f"\n{act} ({name})", *on_the_loop, sep="\n  ")


if __name__ == "__main__":
    main()

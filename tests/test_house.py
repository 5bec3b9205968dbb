"""The house keeps its shape: a name is used once, rooms stay small, and floors stand above what they use."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.bench.floor_plan import FACES, FloorPlan, Wing
from tests.bench.house import WINGS
from tests.test_layers import CLOCK_READS, PLAN

MOST_MODULES = 12
MOST_LINES = 250
FLOORS: dict[str, list[set[str]]] = {  # from the ground up; a room imports rooms of lower floors only
    "storage": [
        {"records", "engine"},
        {"schema"},
        {"migrations", "copies"},
        {"delivery", "reminders"},
        {"pulses", "digests", "saved"},
        {"answers", "watch", "imports"},
        {"restores"},
        {"store"},
    ],
    "jobs": [
        {"instruments", "inference", "privacy", "cadence", "classification", "slack", "steps", "tables"},
        {"scoring", "answers"},
        {"contrast"},
        {"messages", "charts"},
        {"permissions", "delivery"},
        {"reminders"},
        {"pulses", "comments", "figures", "outcomes", "products", "saved", "groups"},
        {"digests", "files"},
        {"home"},
    ],
    "jobs/messages": [
        {"wording"},
        {"layout"},
        {"respondent", "report"},
        {"digest_setup"},
        {"lead", "edition", "products", "help", "saved", "outcomes"},
        {"home"},
    ],
    "handlers": [
        {"syntax", "payloads", "background"},
        {"context", "replies", "events", "form_values", "shortcuts"},
        {"commands", "page_updates", "nearest_example", "home_tab"},
        {"listeners"},
    ],
}
DIALECTS = ("sqlalchemy.dialects", "sqlite3", "aiosqlite", "psycopg", "asyncpg")


def _groups(shared: list[list[Path]]) -> set[str]:
    return {" = ".join(path.as_posix() for path in paths) for paths in shared}


def _unexplained(plan: FloorPlan) -> Iterator[str]:
    """The packages whose docstring does not say what belongs there and then what does not."""
    for package in plan.package_sizes:
        face = package / "__init__.py"
        purpose = (ast.get_docstring(plan.tree(face)) or "") if face in plan.modules else ""
        said = re.match(r"\w.*\. Not here: \w", " ".join(purpose.split()))
        if not said and not package.is_relative_to("storage/migrations"):
            yield package.as_posix()


def _long(plan: FloorPlan) -> Iterator[str]:
    """The modules of more than 250 lines; a migration is as long as it is."""
    for path in plan.modules:
        if "versions" not in path.parts and len((plan.root / path).read_text().splitlines()) > MOST_LINES:
            yield path.as_posix()


def _rooms(plan: FloorPlan, wing: str) -> dict[Path, str]:
    return {path: room for path, room in plan.rooms(wing).items() if room != "__init__"}


def _without_a_floor(plan: FloorPlan, wing: str) -> set[str]:
    return set(_rooms(plan, wing).values()) - set().union(*FLOORS[wing])


def _climbing(plan: FloorPlan, wing: str) -> set[str]:
    """The imports inside a wing that do not go down a floor."""
    found = set()
    level = {room: number for number, floor in enumerate(FLOORS[wing]) for room in floor}
    prefix = f"{wing.replace('/', '.')}."
    for path, mine in _rooms(plan, wing).items():
        names = plan.imported(path)
        used = {name.removeprefix(prefix).split(".")[0] for name in names if name.startswith(prefix)}
        for room in used & set(level) - {mine}:
            if mine in level and level[room] >= level[mine]:
                found.add(f"{path.as_posix()} -> {room}")
    return found


def _handing_on(plan: FloorPlan) -> Iterator[str]:
    """The modules whose `__all__` lists a name that they import; only a package's face may."""
    for path in plan.modules:
        tree = plan.tree(path)
        handed = {a.asname or a.name for n in tree.body if isinstance(n, ast.ImportFrom) for a in n.names}
        assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
        listed = [node for node in assigned if any(getattr(to, "id", "") == "__all__" for to in node.targets)]
        names = {c.value for n in listed for c in ast.walk(n) if isinstance(c, ast.Constant)}
        if path.stem not in FACES and handed & names:
            yield path.as_posix()


def _importing(plan: FloorPlan, *modules: str, where: str = ".", except_in: str | None = None) -> set[str]:
    """The modules below `where` and not below `except_in` that import one of `modules` or a part of it."""
    found = set()
    for path in plan.modules:
        names = {
            name for name in plan.imported(path) for module in modules if f"{name}.".startswith(f"{module}.")
        }
        outside = except_in is None or not path.is_relative_to(except_in)
        if names and outside and path.is_relative_to(where):
            found.add(path.as_posix())
    return found


def _reading_the_clock(plan: FloorPlan) -> Iterator[str]:
    """The modules that ask what time it is; only `bifocal run` does, and hands its clock to every part."""
    for path in plan.modules:
        reads = (node for node in ast.walk(plan.tree(path)) if isinstance(node, ast.Attribute))
        names = {(getattr(node.value, "id", ""), node.attr) for node in reads}
        if names & CLOCK_READS and path != Path("bot/cli/run.py"):
            yield path.as_posix()


RULES: dict[str, Callable[[FloorPlan], set[str]]] = {
    "shared name": lambda plan: _groups(plan.shared_stems()),
    "shared name in the sandbox": lambda plan: _groups(plan.shared_stems(sandbox=True)),
    "crowded": lambda plan: {
        package.as_posix() for package, size in plan.package_sizes.items() if size > MOST_MODULES
    },
    "unexplained": lambda plan: set(_unexplained(plan)),
    "long": lambda plan: set(_long(plan)),
    **{f"no floor in {wing}": partial(_without_a_floor, wing=wing) for wing in FLOORS},
    **{f"climbing in {wing}": partial(_climbing, wing=wing) for wing in FLOORS},
    "handing on": lambda plan: set(_handing_on(plan)),
    "delivering": lambda plan: _importing(plan, "jobs.delivery", where="handlers"),
    "drawing": lambda plan: _importing(plan, "matplotlib", except_in="jobs/charts"),
    "knowing a dialect": lambda plan: _importing(plan, *DIALECTS, except_in="storage/engine"),
    "reading the environment": lambda plan: _importing(plan, "os", except_in="bot/config"),
    "reading the clock": lambda plan: set(_reading_the_clock(plan)),
}
"""What breaks each rule in a tree."""


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_its_rules(rule: str) -> None:
    """Nothing in the product breaks a rule."""
    assert not RULES[rule](PLAN)


@pytest.mark.parametrize("wing", WINGS)
def test_no_rooms_import_each_other_in_a_circle(wing: str) -> None:
    """In every wing the imports lead down and never back."""
    assert not PLAN.wing(wing).circles


BAD = {
    "handlers/__init__.py": '"""What it answers. Not here: what it does."""',
    "handlers/commands/__init__.py": '"""What is typed."""',
    "handlers/commands/wave.py": "from jobs.delivery.send import deliver",
    "handlers/context.py": "from handlers.commands import wave",
    "handlers/replies.py": "from textwrap import dedent\n__all__ = ['dedent']",
    "handlers/extra.py": "import matplotlib.pyplot\nfrom sqlalchemy.dialects import sqlite",
    "jobs/charts/__init__.py": '"""Pictures. Not here: figures."""',
    "jobs/charts/waves.py": "import matplotlib\n" * 251,
    "storage/engine/__init__.py": '"""Databases.\n\nNot here: tables."""',
    "storage/engine/sqlite.py": "import sqlite3",
    "bot/cli/__init__.py": '"""Commands. Not here: settings."""',
    "bot/cli/run.py": "now = datetime.now(UTC)",
    "bot/cli/relabel.py": "now = datetime.now(UTC)\nfrom os import environ",
    "bot/config/__init__.py": '"""Settings. Not here: what is done with them."""',
    "bot/config/secret.py": "import os",
    "storage/migrations/versions/0001_first.py": "x = 1\n" * 251,
    "bot/sandbox/model/__init__.py": "",
    "bot/sandbox/model/waves.py": "",
    **{f"storage/engine/part_{letter}.py": "" for letter in "abcdefghijkl"},
}


def test_what_breaks_a_rule_is_found(tmp_path: Path) -> None:
    """Each rule finds what breaks it, and leaves alone what only looks like it."""
    for name, text in BAD.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    plan = FloorPlan(tmp_path)
    assert {rule: found for rule, breaks in RULES.items() if (found := breaks(plan))} == {
        "shared name": {"handlers/commands/wave.py = jobs/charts/waves.py"},
        "crowded": {"storage/engine"},
        "unexplained": {"handlers/commands", "bot/sandbox/model"},
        "long": {"jobs/charts/waves.py"},
        "no floor in handlers": {"extra"},
        "climbing in handlers": {"handlers/context.py -> commands"},
        "handing on": {"handlers/replies.py"},
        "delivering": {"handlers/commands/wave.py"},
        "drawing": {"handlers/extra.py"},
        "knowing a dialect": {"handlers/extra.py"},
        "reading the environment": {"bot/cli/relabel.py"},
        "reading the clock": {"bot/cli/relabel.py"},
    }


def test_rooms_that_import_each_other_are_a_circle(tmp_path: Path) -> None:
    """The floor plan counts rooms, imports between them, floors and circles."""
    lines = {
        "a": "import jobs.b",
        "b": "import jobs.c",
        "c": "",
        "d": "import jobs.e",
        "e": "from jobs import d",
    }
    (tmp_path / "jobs").mkdir()
    for name, text in lines.items():
        (tmp_path / "jobs" / f"{name}.py").write_text(text)
    assert FloorPlan(tmp_path).wing("jobs") == Wing(rooms=5, arrows=4, floors=3, circles=1)

"""The house keeps its shape: a name is used once, rooms stay small, and floors stand above what they use."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_layers import MODULES, ROOT, imported

FACES = {"__init__", "__main__", "env"}
MOST_MODULES = 12
MOST_LINES = 250
FLOORS: dict[str, list[set[str]]] = {  # from the ground up; a room imports rooms of lower floors only
    "storage": [
        {"records", "engine"},
        {"schema"},
        {"migrations"},
        {"delivery"},
        {"pulses", "digests"},
        {"answers"},
        {"store"},
    ],
    "jobs": [
        {"instruments", "inference", "privacy", "cadence", "classification", "slack", "steps"},
        {"scoring", "answers"},
        {"contrast"},
        {"messages", "charts"},
        {"permissions", "delivery"},
        {"pulses", "comments", "figures", "outcomes"},
        {"digests"},
    ],
    "jobs/messages": [{"wording"}, {"layout"}, {"respondent", "report"}, {"lead"}],
    "handlers": [{"syntax", "payloads", "background"}, {"context", "replies"}, {"commands"}, {"listeners"}],
}
PACKAGES = sorted(
    {path.parent for path in MODULES if path.parts[:2] != ("storage", "migrations")}, key=Path.as_posix
)
DIALECTS = ("sqlalchemy.dialects", "sqlite3", "aiosqlite", "psycopg", "asyncpg")

# What broke a rule when the rules came. A line is taken out when it is mended, and none is added.
ALLOWED: dict[str, set[str]] = {
    "unexplained": {
        "handlers",
        "handlers/commands",
        "handlers/listeners",
        "handlers/syntax",
        "jobs",
        "jobs/answers",
        "jobs/classification",
        "jobs/classification/model",
        "jobs/classification/words",
        "jobs/comments",
        "jobs/permissions",
        "jobs/pulses",
    },
}


def shared_stems(*, sandbox: bool) -> Iterator[str]:
    """The names that two modules share; the sandbox imitates Slack, has Slack's names, and counts apart."""
    homes = defaultdict(list)
    for path in MODULES:
        own = path.stem not in FACES and "versions" not in path.parts
        if own and ("sandbox" in path.parts) is sandbox:
            homes[path.stem.replace("_", "").removesuffix("s")].append(path.as_posix())
    yield from (" = ".join(paths) for paths in homes.values() if len(paths) > 1)


def crowded() -> Iterator[str]:
    """The packages that hold more than 12 modules."""
    for package in PACKAGES:
        held = [path for path in MODULES if path.parent == package and path.stem not in FACES]
        if len(held) > MOST_MODULES:
            yield package.as_posix()


def unexplained() -> Iterator[str]:
    """The packages whose docstring does not say what belongs there and what does not."""
    for package in PACKAGES:
        purpose = ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text())) or ""
        if not re.match(r"\w.*\. Not here: \w", " ".join(purpose.split())):
            yield package.as_posix()


def long() -> Iterator[str]:
    """The modules of more than 250 lines."""
    for path in MODULES:
        if "versions" not in path.parts and len((ROOT / path).read_text().splitlines()) > MOST_LINES:
            yield path.as_posix()


def rooms_of(wing: str) -> dict[Path, str]:
    """Each module of a wing with the room it is in: the first folder or file below the wing."""
    inside = [path for path in MODULES if path.as_posix().startswith(f"{wing}/")]
    rooms = {path: Path(path.parts[len(Path(wing).parts)]).stem for path in inside}
    return {path: room for path, room in rooms.items() if room != "__init__"}


def rooms_without_a_floor(wing: str) -> Iterator[str]:
    """The rooms that no floor names."""
    yield from sorted({f"{wing}/{room}" for room in rooms_of(wing).values()} - _named(wing))


def _named(wing: str) -> set[str]:
    return {f"{wing}/{room}" for floor in FLOORS[wing] for room in floor}


def climbing(wing: str) -> Iterator[str]:
    """The imports inside a wing that do not go down a floor."""
    level = {room: number for number, floor in enumerate(FLOORS[wing]) for room in floor}
    prefix = wing.replace("/", ".") + "."
    for path, mine in rooms_of(wing).items():
        used = {name.removeprefix(prefix).split(".")[0] for name in imported(path) if name.startswith(prefix)}
        for room in sorted(used & set(level) - {mine}):
            if mine in level and level[room] >= level[mine]:
                yield f"{path.as_posix()} -> {room}"


def handing_on() -> Iterator[str]:
    """The modules whose `__all__` lists a name that they import."""
    for path in MODULES:
        tree = ast.parse((ROOT / path).read_text())
        handed = {a.asname or a.name for n in tree.body if isinstance(n, ast.ImportFrom) for a in n.names}
        assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
        listed = [node for node in assigned if any(getattr(to, "id", "") == "__all__" for to in node.targets)]
        names = {c.value for n in listed for c in ast.walk(n) if isinstance(c, ast.Constant)}
        if path.stem not in FACES and handed & names:
            yield path.as_posix()


def delivering() -> Iterator[str]:
    """The handlers that import what sends."""
    for path in MODULES:
        if path.parts[0] == "handlers" and _uses(path, "jobs.delivery"):
            yield path.as_posix()


def drawing() -> Iterator[str]:
    """The modules that import matplotlib and draw no chart."""
    for path in MODULES:
        if path.parts[:2] != ("jobs", "charts") and _uses(path, "matplotlib"):
            yield path.as_posix()


def knowing_a_dialect() -> Iterator[str]:
    """The modules outside storage/engine that know one database from another."""
    for path in MODULES:
        if path.parts[:2] != ("storage", "engine") and _uses(path, *DIALECTS):
            yield path.as_posix()


def _uses(path: Path, *modules: str) -> bool:
    names = imported(path)
    return any(name == module or name.startswith(f"{module}.") for module in modules for name in names)


BROKEN = {
    "shared stems": shared_stems(sandbox=False),
    "shared stems in the sandbox": shared_stems(sandbox=True),
    "crowded": crowded(),
    "unexplained": unexplained(),
    "long": long(),
    **{f"no floor in {wing}": rooms_without_a_floor(wing) for wing in FLOORS},
    **{f"climbing in {wing}": climbing(wing) for wing in FLOORS},
    "handing on": handing_on(),
    "delivering": delivering(),
    "drawing": drawing(),
    "knowing a dialect": knowing_a_dialect(),
}
FOUND = {rule: set(broken) for rule, broken in BROKEN.items()}


@pytest.mark.parametrize("rule", FOUND)
def test_the_house_keeps_its_rules(rule: str) -> None:
    """Each rule holds: nothing breaks it but what broke it before the rule came."""
    assert not FOUND[rule] - ALLOWED.get(rule, set())


@pytest.mark.parametrize("rule", ALLOWED)
def test_what_is_mended_leaves_the_list(rule: str) -> None:
    """The lists of what is allowed only shrink: what no longer breaks a rule may not break it again."""
    mended = ALLOWED[rule] - FOUND[rule]
    assert not mended, f"mended, so take it out of ALLOWED: {mended}"

"""The folder listing is the layer diagram."""

import ast
import sys
from pathlib import Path

from tests.bench.floor_plan import LAYERS, FloorPlan

ROOT = Path(__file__).parent.parent
PLAN = FloorPlan(ROOT)
MODULES = PLAN.modules
PURE = {"privacy", "instruments", "cadence", "scoring", "inference", "contrast"}
PURE |= {"classification", "messages", "charts", "tables"}
RECORDS = [path for path in MODULES if path.parts[:2] == ("storage", "records")]
PURE_ROOMS = [path for path in MODULES if path.parts[0] == "jobs" and Path(path.parts[1]).stem in PURE]
PURE_FILES = [Path("jobs/delivery/lanes.py"), Path("jobs/slack/call_outcome.py")]
PURE_FILES += [Path("jobs/outcomes/csv_format.py"), Path("jobs/outcomes/outcome_figure.py")]
PURE_FILES += [Path("jobs/reminders/writing_rule.py")]
PURE_FILES += [Path("jobs/files/file_dates.py")]
"""Pure though their rooms are not."""
PURE_MODULES = [*RECORDS, *PURE_ROOMS, *(path for path in PURE_FILES if path in MODULES)]
PURE_LIBRARIES = {
    "textblob": {"classification"},
    "cronsim": {"cadence"},
    "matplotlib": {"charts"},
    "pydantic": {"contrast", "messages"},  # a contrast and a draft read and write themselves as JSON
    "slack_sdk": {"slack"},  # for the kinds of errors that a call can end with
    "aiohttp": {"slack"},
}
IMPURE_STANDARD = {"os", "asyncio", "socket", "subprocess", "threading", "sqlite3", "urllib", "http", "time"}
CLOCK_READS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
TESTED = sorted({p.parent for p in MODULES if p.name != "__init__.py" and "migrations" not in p.parts})
"""The packages that hold modules."""
FORBIDDEN_NAMES = {"utils", "helpers", "helper", "common", "manager", "service"}


def first(names: set[str]) -> set[str]:
    """The top-level packages of module names."""
    return {name.split(".")[0] for name in names}


def test_imports_point_down() -> None:
    """A module imports its own layer and those below it, never one above."""
    above = {
        path: first(PLAN.imported(path)) & set(LAYERS[: LAYERS.index(path.parts[0])]) for path in MODULES
    }
    assert not {path.as_posix(): layers for path, layers in above.items() if layers}


def test_one_listener_module_does_not_import_another() -> None:
    """Only `register` in handlers/__init__.py knows the listener modules; they share readers and jobs."""
    for path in MODULES:
        if path.parts[0] == "handlers" and path != Path("handlers/__init__.py"):
            listeners = {name for name in PLAN.imported(path) if name.startswith("handlers.listeners")}
            assert not listeners, path


def test_the_pure_core_is_pure() -> None:
    """The pure core imports itself, the standard library without its I/O, and named libraries."""
    allowed = {"storage.records"} | {f"jobs.{name}" for name in PURE}
    allowed |= {".".join(file.with_suffix("").parts) for file in PURE_FILES}
    for path in PURE_MODULES:
        names = PLAN.imported(path)
        area = Path(path.parts[1]).stem
        ours = {name for name in names if name.split(".")[0] in LAYERS}
        assert all(any(name == good or name.startswith(f"{good}.") for good in allowed) for name in ours), (
            path
        )
        for library in first(names) - set(LAYERS) - set(sys.stdlib_module_names):
            assert area in PURE_LIBRARIES.get(library, set()), (path, library)
        assert not first(names) & IMPURE_STANDARD, path


def test_the_pure_core_reads_no_clock() -> None:
    """No pure module asks what time it is."""
    for path in PURE_MODULES:
        for node in ast.walk(PLAN.tree(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in CLOCK_READS, path


def test_every_package_is_tested_in_its_folder() -> None:
    """The folder that mirrors a package holds a test that imports from it."""
    for package in TESTED:
        name = ".".join(package.parts)
        tests = (ROOT / "tests" / package).glob("test_*.py")
        used = {module for test in tests for module in PLAN.imported(test.relative_to(ROOT))}
        assert any(module == name or module.startswith(f"{name}.") for module in used), package


def test_no_file_hides_behind_a_shrug() -> None:
    """No module is called utils, helpers, common, manager or service."""
    assert not [path.as_posix() for path in MODULES if path.stem in FORBIDDEN_NAMES]

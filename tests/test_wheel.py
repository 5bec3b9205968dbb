"""What is installed from the wheel: small, whole, and with all that it imports."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.bench.floor_plan import LAYERS
from tests.test_layers import MODULES, PLAN, ROOT, first

MOST_BYTES = 1_302_000
UNWANTED = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info", "*.db*", "models")
BUILD = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
NOT_IMPORTED = {"tzdata", "greenlet"}  # zoneinfo and SQLAlchemy find them by themselves


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, as pip has it built, but from a copy and without the network."""
    copy, made = tmp_path_factory.mktemp("tree") / "bifocal", tmp_path_factory.mktemp("made")
    shutil.copytree(ROOT, copy, ignore=UNWANTED)
    subprocess.run([sys.executable, "-c", BUILD, str(made)], cwd=copy, check=True, capture_output=True)  # noqa: S603
    (found,) = made.glob("*.whl")
    return found


def test_the_wheel_is_small(wheel: Path) -> None:
    """It has little more than 1 MB, and no model that has a package of its own."""
    assert wheel.stat().st_size < MOST_BYTES
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith((".onnx", ".npz"))]


def test_the_wheel_is_whole(wheel: Path) -> None:
    """Every file of the four layers is in it, word lists and pages too, and nothing else but its metadata."""
    files = (path for layer in LAYERS for path in (ROOT / layer).rglob("*") if path.is_file())
    ours = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == ours


def test_the_wheel_reads_a_comment(wheel: Path, tmp_path: Path) -> None:
    """Unpacked somewhere else it runs, and finds the files that it needs."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    told = subprocess.run(
        [sys.executable, "-m", "bot", "classify"],
        cwd=tmp_path,
        input="The invoices are wrong.\n",
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(told.stdout)["touchpoints"] == ["billing"]


def test_what_is_imported_is_declared() -> None:
    """Each library that the product imports is in the list of what it needs, and the list holds no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = (*project["dependencies"], *project["optional-dependencies"]["postgres"])
    declared = {_folded(line) for line in needed}
    imported = set().union(*(first(PLAN.imported(path)) for path in MODULES))
    names = imported - {*LAYERS, *sys.stdlib_module_names}
    distributions = packages_distributions()
    assert {_folded(distributions[name][0]) for name in names} == declared - NOT_IMPORTED


def _folded(requirement: str) -> str:
    """The name of a package in one spelling."""
    return re.split(r"[\[<>=~! ]", requirement)[0].replace("_", "-").casefold()

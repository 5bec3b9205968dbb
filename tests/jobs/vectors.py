"""Worked examples to hold formulas against; where they come from stands in vectors.json."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

_ALL = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))["vectors"]


def vectors(*kinds: str) -> pytest.MarkDecorator:
    """Run a test over every worked example of these kinds, as its argument `vector`."""
    found = [pytest.param(vector, id=vector["id"]) for vector in _ALL if vector["kind"] in kinds]
    assert found, kinds
    return pytest.mark.parametrize("vector", found)


def agrees(vector: Mapping[str, Any], **got: float) -> None:
    """Each figure that we have is that of the example, within its tolerance."""
    expected = {name: vector["expected"][name] for name in got}
    assert got == pytest.approx(expected, abs=max(vector["tolerance"], 1e-12), rel=0)

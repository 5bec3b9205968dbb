import sys
from pathlib import Path

import pytest

from jobs.accurate_tone.loading import AccurateModelError, load


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing library is one sentence with the command, not a traceback of an import."""
    monkeypatch.delitem(sys.modules, "jobs.accurate_tone.network", raising=False)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(AccurateModelError, match=r"pip install -e '\.\[accurate\]'"):
        load()


def test_without_its_files_it_says_what_is_missing(tmp_path: Path) -> None:
    """An empty folder is one sentence that names the file and the place."""
    with pytest.raises(AccurateModelError, match=r"model\.onnx is not in"):
        load(tmp_path)

import importlib
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.classification import Classifier
from jobs.classification.accurate import PACKAGE, AccurateModelError, load
from jobs.classification.sentiment import SecondReader
from storage.records import Sentiment


@pytest.fixture(scope="module")
def both(accurate: SecondReader) -> Classifier:
    """The classifier that asks the accurate model too."""
    return Classifier.load(accurate=accurate)


@pytest.mark.parametrize(
    "comment, tone",
    [
        ("My whole team switched over within a week", Sentiment.POSITIVE),
        ("I wouldn't recommend this to my colleagues", Sentiment.NEGATIVE),
        ("We have 40 people on the team", Sentiment.NEUTRAL),
    ],
)
def test_it_reads_what_is_only_implied(both: Classifier, comment: str, tone: Sentiment) -> None:
    """The transformer knows more of the world than single words do."""
    assert both.classify(comment).sentiment is tone


def test_the_version_names_its_file(both: Classifier, classifier: Classifier, accurate: SecondReader) -> None:
    """A label tells that the larger model read the comment, and which one."""
    assert both.version == f"{classifier.version}+{accurate.version}"
    assert both.classify("Great").version == both.version


def test_guards_and_topics_are_those_of_the_small_one(both: Classifier, classifier: Classifier) -> None:
    """What is empty or not English is not asked about, and the larger model says nothing about topics."""
    assert both.classify("<@U1>").sentiment is Sentiment.EMPTY
    assert both.classify("Das ist leider sehr langsam geworden").sentiment is Sentiment.UNCLASSIFIED
    comment = "Support was quick but the export is broken"
    assert both.classify(comment).touchpoints == classifier.classify(comment).touchpoints


@settings(max_examples=50, deadline=None)
@given(comment=st.text(max_size=400))
def test_it_never_raises_and_says_the_same_twice(both: Classifier, comment: str) -> None:
    """Whatever is written, there is a label, and the same one again."""
    assert both.classify(comment) == both.classify(comment)


@pytest.mark.parametrize("missing", [PACKAGE, "onnxruntime"])
def test_without_its_package_it_says_what_to_type(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package, or a missing library of it, is one sentence with the command."""
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(AccurateModelError, match=r"pip install -e models/accurate$"):
        load()


@pytest.mark.usefixtures("accurate")
def test_without_its_files_it_says_what_is_missing(tmp_path: Path) -> None:
    """An empty folder is one sentence that names the file and the place."""
    with pytest.raises(AccurateModelError, match=r"not whole, model\.onnx is not in"):
        load(tmp_path)


@pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_one_sentence(damaged: str, tmp_path: Path) -> None:
    """A file that was cut off is told in plain words, whatever its library raises."""
    pytest.importorskip("onnxruntime")
    home = importlib.import_module(PACKAGE).HOME
    for name in ("model.onnx", "tokenizer.json"):
        whole = (home / name).read_bytes()
        (tmp_path / name).write_bytes(whole[:2000] if name == damaged else whole)
    with pytest.raises(AccurateModelError, match="is damaged: install it again"):
        load(tmp_path)

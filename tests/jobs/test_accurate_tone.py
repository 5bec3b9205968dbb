from pathlib import Path

import pytest

from jobs.accurate_tone import AccurateModelError, as_read, load, within
from jobs.classification import Classifier
from storage.records import Sentiment


def test_without_its_extra_or_its_files_it_says_what_to_do(tmp_path: Path) -> None:
    """A missing library or an empty folder is one sentence, not a traceback of an import."""
    with pytest.raises(AccurateModelError, match="accurate"):
        load(tmp_path)


def test_a_second_opinion_goes_through_the_same_door() -> None:
    """Another reader's scores count in the label, whose version says so; topics and guards stay."""
    plain = Classifier.load()
    second = Classifier.load(accurate=lambda _: (9.0, 0.0, -9.0))
    assert plain.classify("Great support").sentiment is Sentiment.POSITIVE
    label = second.classify("Great support")
    assert label.sentiment is Sentiment.NEGATIVE
    assert label.version == f"{plain.version}+accurate"
    assert label.touchpoints == plain.classify("Great support").touchpoints
    assert second.classify("<@U1>").sentiment is Sentiment.EMPTY


def test_it_reads_the_beginning_and_the_end() -> None:
    """A long text keeps its first 30 and last 18 pieces, and emoji are emoticons."""
    assert within(list(range(100))) == [*range(30), *range(82, 100)]
    assert within([1, 2]) == [1, 2]
    assert as_read("emojigood again emojibad") == ":) again :("

import pytest

from jobs.classification import Classifier
from jobs.classification.model.linear import LinearModel
from jobs.classification.words.emoji import Emoji


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    """The classifier as it is shipped."""
    return Classifier.load()


@pytest.fixture(scope="session")
def emoji() -> Emoji:
    """The packaged table of emoji."""
    return Emoji.load()


@pytest.fixture(scope="session")
def model() -> LinearModel:
    """The packaged model."""
    return LinearModel.load()

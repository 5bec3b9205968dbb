"""The classifier as an operator wants it: with their own words, and the accurate model where there is one."""

from functools import cache
from pathlib import Path

from jobs.classification import Classifier
from jobs.classification import accurate as accurate_model


@cache
def read_classifier(lexicon: Path | None = None, *, accurate: bool = False) -> Classifier:
    """The classifier, read once a process: it takes most of a start.

    `lexicon` is a file of a team's own words, `accurate` asks for the accurate model. Raises LexiconError
    and AccurateModelError, each with a sentence that says what to do.
    """
    return Classifier.load(lexicon, accurate_model.load() if accurate else None)

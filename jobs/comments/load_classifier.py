"""The classifier as an operator wants it: with their own words, and the larger models where there are any."""

import logging
from functools import cache
from pathlib import Path

from jobs.classification import Classifier, other_languages
from jobs.classification import accurate as accurate_model

LOG = logging.getLogger(__name__)


@cache
def read_classifier(
    lexicon: Path | None = None, *, accurate: bool = False, languages: bool = False
) -> Classifier:
    """The classifier, read once a process: it takes most of a start.

    `lexicon` is a file of a team's own words, `accurate` asks for the accurate model, `languages` for other
    languages than English. These go on without where they cannot be read, which is logged. Raises
    LexiconError and AccurateModelError, each with a sentence that says what to do.
    """
    return Classifier.load(
        lexicon, accurate_model.load() if accurate else None, _languages() if languages else None
    )


def _languages() -> other_languages.LanguageReader | None:
    try:
        return other_languages.load()
    except other_languages.LanguagesError as error:
        LOG.warning("comments are read in English only: %s", error)
        return None

"""The accurate model of tone, a package in `models/accurate`. Only this module looks for it, by its name."""

import importlib
from pathlib import Path

from jobs.classification.sentiment import SecondReader

PACKAGE = "bifocal_accurate"


class AccurateModelError(RuntimeError):
    """The accurate model cannot be used; the message says what to do."""


def load(folder: Path | None = None) -> SecondReader:
    """What reads a cleaned text and gives the scores of negative, neutral and positive.

    `folder` holds another model of that kind, as the trainer writes it; without one it is the packaged model.

    Raises:
        AccurateModelError: the package or a library of it is not installed, or a file of it is missing or
            damaged.
    """
    try:
        package = importlib.import_module(PACKAGE)
    except ImportError as error:
        raise AccurateModelError(
            "the accurate model needs its package: pip install -e models/accurate"
        ) from error
    try:
        reader: SecondReader = package.load(folder or package.HOME)
    except FileNotFoundError as error:
        raise AccurateModelError(f"the accurate model is not whole, {error}") from error
    except Exception as error:  # its libraries raise it bare where a file is damaged
        raise AccurateModelError("a file of the accurate model is damaged: install it again") from error
    return reader

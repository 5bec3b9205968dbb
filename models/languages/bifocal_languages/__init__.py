"""Comments in six languages: `load` gives what tells the language, the tone and the topics of a text.

Not here: anything of Bifocal.
"""

from pathlib import Path

from bifocal_languages.reader import Reader
from bifocal_languages.version import VERSION

__all__ = ["HOME", "VERSION", "Reader", "load"]

HOME = Path(__file__).parent


def load(folder: Path = HOME) -> Reader:
    """What reads a cleaned text in one of the languages.

    Raises:
        FileNotFoundError: a file of the model is not in the folder; the message says which.
    """
    return Reader(folder)

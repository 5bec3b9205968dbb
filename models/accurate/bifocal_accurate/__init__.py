"""The accurate model of tone: `load` gives what reads a text. Not here: anything of Bifocal."""

from pathlib import Path

from bifocal_accurate.network import Network
from bifocal_accurate.pieces import MODEL, TOKENIZER
from bifocal_accurate.version import VERSION

__all__ = ["HOME", "VERSION", "Network", "load"]

HOME = Path(__file__).parent


def load(folder: Path = HOME) -> Network:
    """What reads a cleaned text and gives the scores of negative, neutral and positive.

    Raises:
        FileNotFoundError: the folder holds no model or no tokenizer; the message says which.
    """
    missing = [name for name in (MODEL, TOKENIZER) if not (folder / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{missing[0]} is not in {folder}")
    return Network(folder)

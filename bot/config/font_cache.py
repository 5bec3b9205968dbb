"""Where matplotlib keeps its list of fonts; without a word it writes into the home folder."""

import os
from pathlib import Path


def keep_font_list_in(folder: Path) -> None:
    """Let matplotlib write there, unless the operator has named a place; called before it is imported."""
    os.environ.setdefault("MPLCONFIGDIR", str(folder))

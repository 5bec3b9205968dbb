"""Whether this process may write a file."""

import os
from pathlib import Path


def may_write(path: Path) -> bool:
    """Whether the file or folder that is there may be written by who runs this process."""
    return os.access(path, os.W_OK)

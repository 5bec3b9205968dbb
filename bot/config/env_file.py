"""Reads the file `.env` as text, or says in one sentence why it cannot be read."""

import logging
import os
import stat
from pathlib import Path

from bot.config.setting_types import SettingsError

LOG = logging.getLogger(__name__)
FILE = Path(".env")
_UTF_16 = "it looks like UTF-16, so save it again as UTF-8"
_OTHER = "it is not UTF-8 text, so save it again as UTF-8"


def read_env_file() -> str:
    """The text of `.env`, empty where there is none; raises SettingsError where it cannot be read.

    That others on the machine can read it too is logged: it holds the token.

    UTF-16 without its mark is valid UTF-8, full of zero bytes: it would be a file without a known name.
    """
    if not FILE.exists() and not FILE.is_symlink():
        return ""
    if FILE.is_dir():
        raise _unreadable("it is a folder, and has to be a file of UTF-8 text")
    try:
        found = FILE.read_bytes()
    except FileNotFoundError:
        raise _unreadable("it is a link to a file that is not there") from None
    except OSError:
        raise _unreadable("whoever runs Bifocal needs the right to read it") from None
    if os.name == "posix" and FILE.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        LOG.warning("%s can be read by others on this machine: run chmod 600 %s.", FILE, FILE)
    if found.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in found:
        raise _unreadable(_UTF_16)
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(_OTHER) from None


def _unreadable(why: str) -> SettingsError:
    return SettingsError(f"{FILE} cannot be read: {why}.")

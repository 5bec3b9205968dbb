"""Reads the file `.env` as text, or says in one sentence why it cannot be read."""

from pathlib import Path

from bot.config.setting_types import SettingsError

FILE = Path(".env")
_UTF_16 = "it looks like UTF-16, so save it again as UTF-8"
_OTHER = "it is not UTF-8 text, so save it again as UTF-8"


def read_env_file() -> str:
    """The text of `.env`, empty where there is none; raises SettingsError where it cannot be read.

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
    if found.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in found:
        raise _unreadable(_UTF_16)
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(_OTHER) from None


def _unreadable(why: str) -> SettingsError:
    return SettingsError(f"{FILE} cannot be read: {why}.")

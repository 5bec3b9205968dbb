"""What is wrong with a database that does not take a write, as one of a few words."""

from enum import StrEnum

from sqlalchemy.exc import DBAPIError

_SQLITE = {
    "SQLITE_FULL": "full",
    "SQLITE_READONLY": "read only",
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_IOERR": "failing disk",
}
_POSTGRES = {"53100": "full", "25006": "read only", "55P03": "locked"}


class Trouble(StrEnum):
    """Why nothing can be kept."""

    GONE = "gone"  # the file was deleted under the running process
    REPLACED = "replaced"  # another file has its name now
    FULL = "full"
    READ_ONLY = "read only"
    LOCKED = "locked"
    SLOW = "slow"
    DAMAGED = "damaged"
    DISK = "failing disk"
    AWAY = "away"
    OTHER_VERSION = "other version"


def trouble_of(error: Exception) -> Trouble:
    """What an error of a write, or of opening the database, says of it."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if word := _POSTGRES.get(str(getattr(cause, "sqlstate", ""))):
        return Trouble(word)
    name = str(getattr(cause, "sqlite_errorname", ""))
    return Trouble(next((word for code, word in _SQLITE.items() if name.startswith(code)), Trouble.AWAY))

"""The address of a database, as DATABASE_URL gives it: a SQLite file, or PostgreSQL."""

from sqlalchemy import URL, make_url

SQLITE, POSTGRES = "sqlite", "postgresql"
_DRIVERS = {"sqlite": SQLITE, "postgresql": POSTGRES, "postgres": POSTGRES}


def read_url(text: str) -> URL:
    """The URL of a database, with or without a driver's name (`sqlite:///x.db`, `postgresql+asyncpg://...`).

    Raises ValueError for another database and sqlalchemy.exc.ArgumentError for what is no URL.
    """
    url = make_url(text)
    kind = _DRIVERS.get(url.drivername.partition("+")[0])
    if kind is None:
        raise ValueError(
            "only SQLite (sqlite:///bifocal.db) and PostgreSQL (postgresql://...) are supported, "
            f"not {url.drivername}"
        )
    return url.set(drivername=kind)


def is_postgres(url: URL) -> bool:
    """Whether a server keeps it, and no file."""
    return url.drivername == POSTGRES


def is_in_memory(url: URL) -> bool:
    """Whether nothing of it outlives its one connection."""
    return not is_postgres(url) and url.database in {None, "", ":memory:"}

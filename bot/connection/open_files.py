"""How many files, and so how many connections, the process may have open."""

import resource

FILES = 4_096  # that the process would like to be able to open


def allowed_files() -> int:
    """How many files the process may open, raised as far as it may raise that by itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return FILES if soft == resource.RLIM_INFINITY else soft

"""A process that has read the libraries, and forks for each tree: to read them takes longer than the rest.

It is run as a file, reads lines of a folder and a module, and answers each with the exit status of that
module, run in that folder. It imports nothing of ours: each tree has its own.
"""

import os
import runpy
import sys
import traceback
from importlib import import_module

LIBRARIES = (
    *("aiohttp.web", "alembic.autogenerate", "alembic.command", "msgspec", "pydantic_settings", "pytest"),
    *("rich.console", "slack_bolt.async_app", "slack_sdk.web.async_client", "sqlmodel", "textblob", "typer"),
)


def status_of(folder: str, module: str) -> int:
    """Run a module as `python -m` in that folder would."""
    child = os.fork()
    if not child:
        os.dup2(2, 1)  # what it prints is no answer
        try:
            os.chdir(folder)
            sys.path[0] = folder
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        except BaseException:  # noqa: BLE001 - whatever it is, it does not work
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


for library in LIBRARIES:
    import_module(library)
for line in sys.stdin:
    sys.stdout.write(f"{status_of(*line.split())}\n")
    sys.stdout.flush()

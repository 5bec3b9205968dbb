"""Makes the dumps in this folder: each schema that was ever landed, filled by the code of its time.

`python -m tests.storage.schema.landed.make` takes for each migration the newest commit that has it and no
later one, out of the history of this clone, fills a SQLite file, and a database of PostgreSQL where that
commit knew it. A dump that is there stays as it is: what an old version left is history.
"""

import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.databases import databases
from tests.postgres_server import programs
from tests.storage.schema.landed.dumps import read_dumps, write_dumps

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[3]
VERSIONS = "storage/migrations/versions"
NOISE = re.compile(r"^(--|SET |SELECT pg_catalog|\\|ALTER .* OWNER TO)")


def main() -> None:
    """All versions that have no dump yet."""
    kept = {kind: read_dumps(kind) for kind in ("sqlite", "postgres")}
    ours = sorted(path.name for path in (ROOT / VERSIONS).glob("0*.py"))
    for number, name in enumerate(ours):
        version = name.partition("_")[0]
        commit = None if version in kept["sqlite"] else newest_with(ours[: number + 1])
        if commit is None:
            continue
        try:
            for kind, text in dumped(commit):
                kept[kind][version] = text
                sys.stdout.write(f"{version} {kind} from {commit[:7]}\n")
        except subprocess.CalledProcessError as error:
            sys.stdout.write(f"{version} from {commit[:7]}: {str(error.stderr)[-1500:]}\n")
        sys.stdout.flush()
    for kind, dumps in kept.items():
        sys.stdout.write(f"{kind}: {len(dumps)} versions, {write_dumps(kind, dumps):,} characters\n")


def git(*words: str) -> str:
    """What git says."""
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603, S607


def newest_with(chain: list[str]) -> str | None:
    """The newest commit whose migrations are these."""
    for commit in git("log", "--format=%H", "--", VERSIONS).split():
        for each in (commit, *parents_until_change(commit)):
            if files_of(each) == chain:
                return each
    return None


def parents_until_change(commit: str) -> list[str]:
    """The commit before, which is the newest with the migrations that it has."""
    return git("log", "-1", "--format=%P", commit).split()


def files_of(commit: str) -> list[str]:
    """The migrations of a commit."""
    listed = git("ls-tree", "--name-only", commit, f"{VERSIONS}/").split()
    return sorted(Path(path).name for path in listed if re.search(r"/0\d+_", path))


def dumped(commit: str) -> Iterator[tuple[str, str]]:
    """Fill a database by that commit's code; for each kind of database, its dump."""
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name)
        asked = ["git", "archive", commit]
        archive = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(tree, filter="data")
        file = tree / "landed.db"
        run(tree, f"sqlite:///{file}")
        with closing(sqlite3.connect(file)) as connection:
            yield "sqlite", "\n".join(connection.iterdump()) + "\n"
        if (tree / "storage/engine/postgres.py").exists():
            url = databases().empty()
            run(tree, url)
            yield "postgres", of_server(url)


def run(tree: Path, url: str) -> None:
    """Run the filler inside a tree."""
    shutil.copy(FOLDER / "fill.py", tree / "fill_landed.py")
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    asked = [sys.executable, "fill_landed.py", url]
    subprocess.run(asked, cwd=tree, check=True, env=environ, capture_output=True, text=True)  # noqa: S603


def of_server(url: str) -> str:
    """What pg_dump writes of a database, without what is the same in each."""
    dump = [str(programs() / "pg_dump"), "--inserts", "--no-owner", "--no-comments", url]
    text = subprocess.run(dump, check=True, capture_output=True, text=True).stdout  # noqa: S603
    kept = [line for line in text.splitlines() if line and not NOISE.match(line)]
    return "\n".join(kept).replace("public.", "") + "\n"


if __name__ == "__main__":
    main()

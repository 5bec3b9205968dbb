"""Runs seeds: `python -m tests.simulated.simulate --seeds 20`; each is printed, with what the judge found."""

import argparse
import asyncio
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, process_time
from unittest.mock import patch

from bot import app
from jobs.comments.load_classifier import read_classifier
from jobs.figures import picture_sides
from tests.migrated import migrated, new_database
from tests.quick import keep_files_in_memory, share_statements
from tests.simulated.life import Life
from tests.simulated.machine.chance import drawn_from
from tests.simulated.machine.loop import SimulatedLoop
from tests.simulated.plan import plan_of
from tests.simulated.planted import PLANTED

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a seed has shown."""

    seed: int
    findings: tuple[str, ...]
    fingerprint: str
    said: str
    seconds: float


known_classifier = cache(read_classifier)


@contextmanager
def no_pictures() -> Iterator[None]:
    """A digest's pictures are a few bytes: to draw them takes longer than a week does."""
    with ExitStack() as patches:
        for name in ("strips", "history"):
            patches.enter_context(patch.object(picture_sides, name, lambda _: b"no picture"))
        yield


def run(seed: int, weeks: int = WEEKS, plant: str | None = None) -> Verdict:
    """One seed from its beginning to its end, perhaps with a fault planted into the bot."""
    migrated()  # draws at random too, and only once a process
    began, folder = process_time(), Path(tempfile.mkdtemp(prefix="simulated-"))
    try:
        new_database(folder / "bifocal.db")
        with ExitStack() as stack, drawn_from(seed), no_pictures():
            stack.enter_context(patch.object(app, "read_classifier", known_classifier))
            if plant:
                stack.enter_context(PLANTED[plant]())
            loop = SimulatedLoop(seed)
            asyncio.set_event_loop(loop)
            stack.enter_context(patch("aiohttp.connector.monotonic", loop.time))
            life = Life(plan_of(seed, weeks), loop, folder, is_over_when_found=plant is not None)
            judge = loop.run_until_complete(life.live())
            loop.bury()
            asyncio.set_event_loop(None)
        judge.file.close()
        clicks, posts = len(judge.seen.clicks), len(judge.posts.times)
        said = f"{clicks} clicks, {posts} posts, {len(judge.slack.feed)} events, " + (
            ", ".join(f"{count} {kind}" for kind, count in sorted(life.trouble.counts.items()))
        )
        return Verdict(seed, tuple(judge.findings), judge.log.fingerprint, said, process_time() - began)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run what the words of the command want; 1 when a rule was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument(
        "--planted",
        nargs="*",
        metavar="WORD",
        help="faults to plant, by words of their names; all without any",
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    wanted = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":  # or sets of words have another order in each process
        os.execve(  # noqa: S606 - ourselves
            sys.executable,
            [sys.executable, "-m", "tests.simulated.simulate", *sys.argv[1:]],
            {**os.environ, "PYTHONHASHSEED": "0"},
        )
    logging.basicConfig(level=logging.DEBUG if wanted.verbose else logging.CRITICAL)
    keep_files_in_memory()
    share_statements()
    run(0, weeks=2)  # what is imported and compiled then need not be in each process
    seeds = range(wanted.first, wanted.first + wanted.seeds)
    with get_context("fork").Pool(wanted.processes, maxtasksperchild=8) as pool:
        if wanted.planted is None:
            verdicts = pool.imap(partial(look_at, weeks=wanted.weeks), seeds)
        else:
            names = [name for name in PLANTED if any(word in name for word in wanted.planted or [""])]
            verdicts = pool.imap(partial(look_for, seeds=seeds, weeks=wanted.weeks), names)
        began, bad = monotonic(), 0
        for is_good, words in verdicts:
            sys.stdout.write(f"{words}\n")
            sys.stdout.flush()
            bad += not is_good
    what = "seeds broke a rule" if wanted.planted is None else "faults were not found"
    sys.stdout.write(f"{bad} {what}; {monotonic() - began:.0f} s\n")
    return min(1, bad)


def look_at(seed: int, weeks: int) -> tuple[bool, str]:
    """Run a seed; whether no rule was broken, and what there is to say."""
    verdict = run(seed, weeks)
    said = f"seed {seed}: {verdict.fingerprint} {verdict.seconds:.1f} s, {verdict.said}"
    return not verdict.findings, "\n  ".join([said, *verdict.findings])


def look_for(plant: str, seeds: Iterable[int], weeks: int) -> tuple[bool, str]:
    """Run seeds with a fault until one finds it; whether one does, and which."""
    for seed in seeds:
        if findings := run(seed, weeks, plant).findings:
            return True, f"{plant}: seed {seed}, {findings[0]}"
    return False, f"{plant}: not found"


if __name__ == "__main__":
    sys.exit(main())

"""From `git clone` to the digest on the screen, as a newcomer goes: `make bench-first`.

Clones this repository's last commit into a temporary folder, runs `make demo` there, opens the address that
it prints in Chromium, waits until the digest is seen, and takes the page's three steps by mouse. Prints the
seconds of each part. `--cold` lets pip use nothing that it has downloaded before. Nothing is left behind.
"""

import argparse
import asyncio
import os
import re
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, STDOUT, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

from playwright.async_api import Page, expect

from tests.browser import chromium, launched, opened

ROOT = Path(__file__).parents[2]
MOST = 1_200  # seconds that anything may take
PATIENCE = 60_000  # milliseconds that a step may take


class Watch:
    """Prints how long each part took since the one before."""

    def __init__(self) -> None:
        self._begun = self._last = perf_counter()

    def part(self, name: str) -> None:
        """A part is over."""
        now = perf_counter()
        self._print(name, now - self._last)
        self._last = now

    def whole(self, name: str) -> None:
        """All parts so far."""
        self._print(name, perf_counter() - self._begun)

    def _print(self, name: str, seconds: float) -> None:
        sys.stdout.write(f"{name:<52}{seconds:>8.1f} s\n")
        sys.stdout.flush()


async def cloned(folder: Path) -> Path:
    """A fresh clone of what is committed here."""
    place = folder / "bifocal"
    git = await create_subprocess_exec("git", "clone", "--quiet", "--no-local", str(ROOT), str(place))
    if await git.wait():
        sys.exit("git could not clone this repository.")
    return place


@asynccontextmanager
async def demo(place: Path, *, cold: bool) -> AsyncIterator[Process]:
    """`make demo` as a newcomer runs it, at any free port; ended with Ctrl-C."""
    environ = os.environ | ({"PIP_NO_CACHE_DIR": "1"} if cold else {})
    process = await create_subprocess_exec(
        "make",
        "demo",
        "ARGS=--port 0",
        cwd=place,
        env=environ,
        stdout=PIPE,
        stderr=STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGINT)
        await process.wait()


async def told(process: Process, pattern: str) -> str:
    """What the process prints that is like this."""
    assert process.stdout is not None
    said = []
    async with asyncio.timeout(MOST):
        async for line in process.stdout:
            said.append(line.decode())
            if found := re.search(pattern, said[-1]):
                return found[0]
    sys.exit(f"`make demo` ended early:\n{''.join(said)}")


async def three_steps(tab: Page) -> None:
    """Answer as a customer, skip to Monday, read the digest."""
    said = tab.locator("#said")
    await tab.get_by_role("button", name="Answer as a customer").click()
    await tab.locator("#messages .led").get_by_role("button", name="9 of 10").click()
    await tab.get_by_role("dialog").get_by_role("button", name="Skip").click()
    await expect(said).to_contain_text("answered now", timeout=PATIENCE)
    await tab.locator("#tour").get_by_role("button", name="Skip to Monday").click()
    await expect(said).to_contain_text("The new digest", timeout=PATIENCE)
    await tab.get_by_role("button", name="Read the digest").click()
    await expect(said).to_contain_text("This is the newest digest", timeout=PATIENCE)


async def measure(*, cold: bool) -> None:
    """Go the whole way, and print what each part took."""
    with tempfile.TemporaryDirectory(prefix="bifocal-first-") as folder:
        watch = Watch()
        place = await cloned(Path(folder))
        watch.part("git clone")
        async with demo(place, cold=cold) as process:
            await told(process, "weeks go by")
            watch.part(f"make demo: Python packages ({'downloaded' if cold else 'as pip has them'})")
            url = await told(process, r"http://127\S+")
            watch.part("make demo: 26 weeks of a small company")
            async with launched() as browser:
                tab = await opened(browser, url)
                await expect(tab.locator("#messages .header").last).to_be_in_viewport(timeout=PATIENCE)
                watch.part("Chromium starts and shows the digest")
                watch.whole("from git clone to the digest on the screen")
                await three_steps(tab)
                watch.part("the three steps, by mouse, until the next digest")


def main() -> None:
    """Measure and print; says so when there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cold", action="store_true")
    if chromium() is None:
        sys.exit("No Chromium is installed (Debian: apt-get install chromium; or set CHROMIUM).")
    asyncio.run(measure(cold=parser.parse_args().cold))


if __name__ == "__main__":
    main()

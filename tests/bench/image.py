"""The image as an operator uses it, built and run by docker or podman: `make image`.

It is built from this tree, started on an empty volume against a local Slack, asked to ask, clicked, killed,
started again on the same volume, and stopped; what was answered must be there. `IMAGE_BUILD` holds more words
for `build`, such as `--build-arg PYTHON=...`. A container must be
allowed to use the network of this machine.
"""

import asyncio
import os
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from asyncio.subprocess import DEVNULL

from bot.sandbox import FakeSlack
from tests.killed import ask_first, now
from tests.processes import PATIENCE, ROOT, BotProcess, Slack

NAME = "bifocal-trial"
STOPS_WITHIN = 10.0  # seconds


class Container(BotProcess):
    """The image on the volume NAME; `kill` ends the container, not only the program that shows its log."""

    def __init__(self, engine: str, slack: Slack) -> None:
        super().__init__(slack, ROOT)
        self._engine = engine
        self._settings = {
            "SLACK_BOT_TOKEN": slack.app.token,
            "SLACK_SIGNING_SECRET": slack.app.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "PORT": "0",
        }

    def command(self) -> list[str]:
        """The image, guarded as in compose.yaml; it says itself on which free port it listens."""
        given = [f"--env={name}={value}" for name, value in self._settings.items()]
        guards = ["--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges"]
        kept = ["--network=host", f"--volume={NAME}:/data", f"--name={NAME}"]
        return [self._engine, "run", "--rm", *kept, *guards, *given, "bifocal"]

    async def kill(self) -> None:
        """`kill -9` for what runs in it."""
        for ending in (["kill", "--signal=KILL"], ["rm", "--force"]):
            ends = await asyncio.create_subprocess_exec(
                self._engine, *ending, NAME, stdout=DEVNULL, stderr=DEVNULL
            )
            await ends.wait()
        await super().kill()


def run(*command: str) -> str:
    """What a program printed; its errors are shown where it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{shlex.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def say(text: str) -> None:
    """A line of what was seen."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def live(engine: str) -> None:
    """From an empty volume to an answer that outlives a kill."""
    async with FakeSlack(clock=now) as slack, Container(engine, slack) as bot:
        begun = time.monotonic()
        lead, channel = await ask_first(slack, bot)
        say(f"started, asked and posted in {time.monotonic() - begun:.1f} s")
        assert slack.bot_url
        say(f"/readyz: {get(slack.bot_url, '/readyz')}")
        for words in ("whoami", "id -u", "ls -ld /data", "bifocal --version"):
            say(f"{words}: {run(engine, 'exec', NAME, *words.split()).strip()}")
        clicked = await slack.click(lead, channel.messages[-1], "point/9")
        assert clicked.status == 200
        await bot.kill()
        slack.bot_url = await bot.start()
        since = len(slack.feed)
        await slack.command(lead, channel, "/pulse", "me")
        await slack.feed.happens("ephemeral.posted", since=since, within=PATIENCE, channel=channel.id)
        kept = str(slack.ephemerals(lead, channel)[-1])
        assert "9" in kept, kept
        say("killed and started again: the answer is there")
        begun = time.monotonic()
        assert await bot.stop() == 0
        took = time.monotonic() - begun
        assert took < STOPS_WITHIN
        say(f"stopped in order within {took:.1f} s")


def get(url: str, path: str) -> str:
    """What an address of the bot says; it listens on all, so this machine's own is asked."""
    with urllib.request.urlopen(url.replace("0.0.0.0", "127.0.0.1") + path, timeout=10) as answer:  # noqa: S310, S104
        return str(answer.read().decode().strip())


def main() -> int:
    """Build and live; 0 too where there is no engine, which is said."""
    engine = next(filter(None, map(shutil.which, ("docker", "podman"))), None)
    if engine is None or subprocess.run([engine, "info"], capture_output=True, check=False).returncode:  # noqa: S603
        say("no container engine runs here: the image is not built (tests/test_image.py tries its parts)")
        return 0
    begun = time.monotonic()
    run(engine, "build", "--tag=bifocal", *shlex.split(os.environ.get("IMAGE_BUILD", "")), ".")
    size = int(run(engine, "image", "inspect", "--format={{.Size}}", "bifocal"))
    say(f"built in {time.monotonic() - begun:.0f} s, {size / 1e6:.0f} MB")
    subprocess.run([engine, "volume", "rm", "--force", NAME], capture_output=True, check=False)  # noqa: S603
    try:
        asyncio.run(live(engine))
    finally:
        subprocess.run([engine, "volume", "rm", "--force", NAME], capture_output=True, check=False)  # noqa: S603
    return 0


if __name__ == "__main__":
    sys.exit(main())

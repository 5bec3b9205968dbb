"""What it costs to read, in a channel with a long history: `make bench-reading`.

It asks the same of two databases: in one the channel of the digest has 2,500 waves, in the other 25.
It prints the time of the processor for `/pulse score`, `contrast` and `list`, for an edition, and for the
level of a side with 400 rounds. It fails where one costs over twice as much after many waves, or a level over
50 ms.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import FakeSlack
from jobs.figures.contrast_here import load_contrast_here
from jobs.figures.load_scores import load_scores
from jobs.instruments import INSTRUMENTS
from jobs.messages.lead.channel_list import listing
from jobs.messages.report.digest_post import contrast_answer
from jobs.messages.report.score_answer import score_answer
from jobs.permissions.requester import Requester
from jobs.pulses.control import running_in_channel
from jobs.scoring.level import Level, level_of
from jobs.slack.directory import Directory
from jobs.slack.pacing import Pacing
from tests.bench.bench_digest import COUNTING, Scene, set_up
from tests.bench.long_history import NOW, OWN, Asked, Size, a_round

TIMES = 15
MOST = 2.0  # times what it costs after 25 waves
LONGEST_REPLAY = 50.0  # ms
ZONE = "Europe/Berlin"
LITTLE, MUCH = Size(rounds_of_side=3), Size(rounds_of_side=250)  # two sides, five waves a round
SIDE = 400  # rounds

Read = Callable[[Scene], Awaitable[object]]


def _asks(scene: Scene) -> tuple[Directory, AsyncWebClient, Requester]:
    client = AsyncWebClient(token=scene.slack.app.token, base_url=scene.slack.api_url)
    requester = Requester(team_id=scene.digest.team_id, user_id="U0LEAD", channel_id=OWN, now=NOW)
    return Directory(client, lambda: NOW, Pacing(lambda: NOW)), client, requester


async def score(scene: Scene) -> None:
    """`/pulse score nps`, to the message."""
    directory, _, requester = _asks(scene)
    found = await load_scores(
        scene.store,
        directory,
        requester,
        product=None,
        instrument="nps",
        period=None,
        counting=COUNTING,
    )
    score_answer(found.sides, left=found.left, period=None, zone=ZONE)


async def contrast(scene: Scene) -> None:
    """`/pulse contrast`, to the message."""
    directory, client, requester = _asks(scene)
    shown, _ = await load_contrast_here(
        scene.store, directory, client, requester, product=None, period=None, counting=COUNTING
    )
    contrast_answer(shown, zone=ZONE)


async def list_(scene: Scene) -> None:
    """`/pulse list`, to the message."""
    _, _, requester = _asks(scene)
    rows, digests, counted = await running_in_channel(scene.store, requester, weeks=COUNTING.weeks)
    listing(rows, digests, now=NOW, counted=counted, hidden=())


READS: dict[str, Read] = {"score": score, "contrast": contrast, "list": list_, "edition": Scene.edition}


async def measure(folder: Path) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of the processor, by what was read and then by database, taken by turns."""
    spent: dict[str, dict[str, list[float]]] = {name: {"25": [], "2,500": []} for name in READS}
    async with FakeSlack(clock=lambda: NOW) as slack:
        slack.add_channel("atlas", slack.workspace.add_user("Priya Nair", id="U0LEAD"), id=OWN)
        scenes = {
            "25": await set_up(slack, folder, "little", LITTLE),
            "2,500": await set_up(slack, folder, "much", MUCH),
        }
        for _ in range(TIMES):
            for name, read in READS.items():
                for size, scene in scenes.items():
                    began = process_time()
                    await read(scene)
                    spent[name][size].append(1000 * (process_time() - began))
    for scene in scenes.values():
        await scene.store.close()
    return spent


def replay() -> float:
    """Milliseconds for the level of a side of 400 rounds."""
    asked = Asked(channel=OWN, instrument="nps", rounds=SIDE)
    rounds = [a_round(asked, place, f"r{place:03d}") for place in reversed(range(SIDE))]
    took = []
    for _ in range(TIMES):
        began = process_time()
        level: Level | None = level_of(INSTRUMENTS["nps"], rounds)
        took.append(1000 * (process_time() - began))
        assert level is not None
    return median(took)


def main() -> None:
    """Print what each costs; fails where one is over its limit."""
    with TemporaryDirectory(prefix="bifocal-bench-") as folder:
        spent = asyncio.run(measure(Path(folder)))
    slow = []
    for name, sizes in spent.items():
        few, many = median(sizes["25"]), median(sizes["2,500"])
        told = f"{few:7.1f} ms after 25 waves, {many:7.1f} ms after 2,500, ratio {many / few:.2f}"
        sys.stdout.write(f"{name:<9}{told}\n")
        if many > MOST * few:
            slow.append(name)
    took = replay()
    sys.stdout.write(f"replay   {took:7.1f} ms for {SIDE} rounds of a side\n")
    if took > LONGEST_REPLAY:
        slow.append("replay")
    if slow:
        sys.exit(f"Too slow: {', '.join(slow)}.")


if __name__ == "__main__":
    main()

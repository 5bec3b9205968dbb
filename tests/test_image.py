"""The parts of the image, of compose.yaml and of the service fit the bot; `make image` builds and runs it."""

import asyncio
import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config.settings import Settings
from bot.connection.http_server import PATIENCE
from tests.bench.floor_plan import LAYERS
from tests.bot.connection.test_proxy import free_port
from tests.bot.serving import bolt_app, serving
from tests.papers import ROOT
from tests.test_docs import TYPED

DOCKERFILE = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
FROM_ENV_FILE = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5",
    "BIFOCAL_SECRET": "0123456789abcdef0123456789abcdef",
}
LIBRARIES = {"PATH", "PYTHONUNBUFFERED", "MPLCONFIGDIR"}  # Python's and matplotlib's


def lines(word: str) -> list[str]:
    """What follows an instruction of the Dockerfile, each time."""
    return re.findall(rf"^{word} +(.+)$", DOCKERFILE, flags=re.MULTILINE)


def of_image() -> dict[str, str]:
    """What the image puts into the environment, for Bifocal."""
    given = dict(word.split("=", 1) for line in lines("ENV") for word in shlex.split(line))
    return {name: value for name, value in given.items() if name not in LIBRARIES}


def unit() -> Iterator[tuple[str, str]]:
    """The lines of the service that say something."""
    for line in (ROOT / "docs/deploy/bifocal.service").read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            yield line.split("=", 1)[0], line.split("=", 1)[1]


def test_the_image_is_built_from_all_that_runs_and_from_nothing_else() -> None:
    """Each layer is copied, and the build sees no `.env`, no database and no secret of the folder."""
    allowed = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    copied = {word for line in lines("COPY") if "--from" not in line for word in line.split()[:-1]}
    assert allowed[0] == "*"
    assert copied == {line[1:] for line in allowed if line.startswith("!")}
    assert set(LAYERS) < copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_runs_as_a_number_that_is_not_root_and_owns_its_volume() -> None:
    """So that a platform which forbids root can see it."""
    (number,) = lines("USER")
    assert int(number) > 0
    assert f"--uid {number}" in DOCKERFILE
    assert lines("VOLUME") == lines("WORKDIR")[1:] == ["/data"]


@pytest.mark.parametrize("service", ["bifocal", "replica"])
def test_the_settings_of_a_container_are_right(service: str, tmp_path: Path) -> None:
    """With what belongs in `.env`, what the image and compose.yaml set makes a start."""
    more = COMPOSE["services"][service].get("environment", {})
    environ = {
        name: value.replace("/data", str(tmp_path)).replace("${POSTGRES_PASSWORD:-}", "word")
        for name, value in (of_image() | more | FROM_ENV_FILE).items()
    }
    assert Settings.check(environ).host == "0.0.0.0"  # noqa: S104 - inside a container of its own


def test_what_compose_names_is_declared() -> None:
    """Each volume, service and profile that a service names is there; none is left over."""
    services = COMPOSE["services"]
    mounted = [volume.partition(":")[0] for each in services.values() for volume in each.get("volumes", ())]
    assert {name for name in mounted if not name.startswith((".", "$"))} == set(COMPOSE["volumes"])
    waited_for = {name for each in services.values() for name in each.get("depends_on", ())}
    assert waited_for <= set(services)
    assert {name for name, each in services.items() if "profiles" not in each} == {"bifocal"}
    assert services["replica"]["deploy"]["replicas"] == 2


def test_whoever_stops_bifocal_waits_for_what_is_in_flight() -> None:
    """Compose and systemd kill it later than it takes to finish."""
    given = {
        each["stop_grace_period"] for each in COMPOSE["services"].values() if "stop_grace_period" in each
    }
    assert [float(word.removesuffix("s")) > PATIENCE for word in given] == [True]
    assert float(dict(unit())["TimeoutStopSec"]) > PATIENCE
    assert lines("STOPSIGNAL") == ["SIGTERM"]


def test_the_service_starts_the_bot_with_right_settings(tmp_path: Path) -> None:
    """What systemd runs is a command of ours, with settings of ours, in a folder for the owner only."""
    given = dict(unit())
    assert getattr(TYPED, "commands")[given["ExecStart"].split()[1]]  # noqa: B009 - typer's types hide it
    environ = dict(value.split("=", 1) for name, value in unit() if name == "Environment")
    del environ["MPLCONFIGDIR"]
    environ["DATABASE_URL"] = environ["DATABASE_URL"].replace("/var/lib/bifocal", str(tmp_path))
    Settings.check(environ | FROM_ENV_FILE)
    assert (given["StateDirectoryMode"], given["UMask"]) == ("0700", "0077")


async def test_the_health_check_tells_a_live_bot_from_none() -> None:
    """It ends well where the bot answers on its port, and not where nothing does."""
    health = DOCKERFILE.split("HEALTHCHECK")[1].split("CMD ", 1)[1].split("\n")[0]
    python, *words = json.loads(health)
    assert python == "python3"
    ended = []
    async with serving(bolt_app([])) as server:
        for port in (server.port, free_port()):
            process = await asyncio.create_subprocess_exec(
                sys.executable, *words, env={"PORT": str(port)}, stderr=asyncio.subprocess.DEVNULL
            )
            ended.append(await process.wait())
    assert ended == [0, 1]

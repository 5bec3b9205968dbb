"""The proxies of `docs/proxy.md` and of compose.yaml, started as they stand there."""

import asyncio
import os
import shutil
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.bot.serving import CLICK, FORM, bolt_app, interaction, serving, signed
from tests.papers import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME = "bifocal.example.com"
FRAME = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/log;
events {{ }}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};
  fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  {server}
}}
"""


PAPER = (ROOT / "docs" / "proxy.md").read_text().split("```nginx\n")[1].split("```")[0]
PROXIES = {
    "the paper's": (PAPER, "127.0.0.1:3000", f"/etc/letsencrypt/live/{NAME}"),
    "that of compose.yaml": (
        (ROOT / "docs/deploy/proxy.conf").read_text(),
        "replica:3000",
        "/etc/nginx/certificates",
    ),
}


@asynccontextmanager
async def proxy(which: str, folder: Path, *, bot: int) -> AsyncIterator[int]:
    """Its server block on a free port, with a certificate of its own; gives the port."""
    port = free_port()
    block, upstream, certificates = PROXIES[which]
    for told, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        (upstream, f"127.0.0.1:{bot}"),
        (certificates, str(folder)),
    ):
        assert told in block
        block = block.replace(told, here)
    await run("openssl", *REQUEST, "-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem")
    config = folder / "nginx.conf"
    config.write_text(FRAME.format(folder=folder, server=block))
    assert NGINX is not None
    await run(NGINX, "-t", "-c", str(config))
    process = await asyncio.create_subprocess_exec(NGINX, "-c", str(config))
    try:
        yield port
    finally:
        process.terminate()
        await process.wait()


REQUEST = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}"]


def free_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def run(*command: str) -> None:
    """Runs a program to its end; its output is shown where it fails."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, told.decode()


@pytest.mark.skipif(
    NGINX is None and os.environ.get("CI") != "true", reason="nginx is not installed: the proxy is not tried"
)
@pytest.mark.parametrize("which", PROXIES)
async def test_a_click_comes_through_the_proxy(which: str, tmp_path: Path) -> None:
    """Slack's request passes over TLS byte for byte; no other path leads in, and no large body."""
    received: list[dict[str, object]] = []
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE  # its certificate is one of its own
    body = interaction(CLICK)
    async with (
        serving(bolt_app(received)) as server,
        proxy(which, tmp_path, bot=server.port) as port,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trust)) as session,
    ):
        url = f"https://127.0.0.1:{port}"
        statuses = [
            await answered(session, f"{url}/slack/events", body, FORM | signed(body)),
            await answered(session, f"{url}/slack/events", body, FORM | signed(b"other")),
            await answered(session, f"{url}/slack/events", b"x" * 300_000, FORM),
            await answered(session, f"{url}/readyz", b"", {}),
        ]
    assert statuses == [200, 401, 413, 404]
    assert [click["type"] for click in received] == ["block_actions"]


async def answered(session: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status, once the proxy listens."""
    async with asyncio.timeout(10):
        while True:
            try:
                async with session.post(url, data=body, headers=headers) as answer:
                    return answer.status
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.01)  # it is starting

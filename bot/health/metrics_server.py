"""Serves `/metrics` on a port of its own, so that no proxy that leads to Slack's path shows it."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.connection.http_server import AddressTaken
from bot.health.metrics import CONTENT_TYPE


class MetricsServer:
    """`GET /metrics` on a host and a port; `port` is the real one after `start`, for 0 picks a free one."""

    def __init__(self, host: str, port: int, page: Callable[[], Awaitable[bytes]]) -> None:
        self._host, self.port = host, port
        self._page = page
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen; raises AddressTaken. Call inside the loop."""
        app = web.Application()
        app.router.add_get("/metrics", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self.port).start()
        except OSError as error:
            await self.stop()
            raise AddressTaken(
                f"BIFOCAL_METRICS_PORT cannot be listened on ({self._host}, {self.port}: {error.strerror}): "
                "set another, such as BIFOCAL_METRICS_PORT=9464."
            ) from error
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, _: web.Request) -> web.Response:
        return web.Response(body=await self._page(), headers={"Content-Type": CONTENT_TYPE})

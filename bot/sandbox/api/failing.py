"""How a planned fault looks to the bot at the other end of the connection."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from bot.sandbox.api.faults import Fault, Faults, RateLimited, Refusal, ServerError, Silence, Slow

Call = Callable[[], web.Response]
Refuse = Callable[[str, int], web.Response]


async def failing(
    fault: Fault, request: web.Request, *, call: Call, refuse: Refuse, faults: Faults
) -> web.StreamResponse:
    """What the bot gets instead of the plain answer.

    `call` carries out what was asked; `refuse(error, wait)` is a refusal in the endpoint's own form.
    """
    done = call() if fault.accepted else None
    match fault:
        case RateLimited(retry_after=wait):
            return refuse("ratelimited", wait)
        case Refusal(error=error):
            return refuse(error, 0)
        case ServerError(status=status):
            return web.Response(status=status, text="upstream error")
        case Silence():
            await faults.silence()
            return done or call()
        case Slow(seconds=seconds):
            await asyncio.sleep(seconds)
            return call()
    return cut(request)


def cut(request: web.Request) -> web.StreamResponse:
    """Cut the connection without an answer; what is returned here finds no way out."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()

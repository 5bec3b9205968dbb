"""An event loop without a real clock, socket or thread: time passes when nothing is left to do at a moment.

Everything that is left to chance (which task goes first, how long a call or a write takes) is drawn from one
source, so that the same seed gives the same run. Whoever runs in a context with `OWNER` set belongs to that
process, and is gone for good when the process is killed.
"""

import asyncio
import ctypes
import heapq
import socket
from collections import deque
from collections.abc import Callable
from contextvars import Context, ContextVar, copy_context
from random import Random
from typing import Any, TypeVar
from weakref import WeakSet

from tests.simulated.machine.disk import Disk
from tests.simulated.machine.network import Listener, Network, Wire

OWNER: ContextVar[str | None] = ContextVar("owner", default=None)
"""The name of the process that runs; None for the world around it."""

OUT_OF_ORDER = 0.25  # of the turns in which several tasks could go on


H = TypeVar("H", bound=asyncio.Handle)


class StuckError(Exception):
    """Everybody waits for somebody, and no time of anything is to come."""


class _Selector:
    """What the loop asks to wait: it lets time pass instead."""

    def __init__(self, wait: Callable[[float | None], None]) -> None:
        self._wait = wait

    def select(self, timeout: float | None) -> list[Any]:
        """Nothing ever comes from outside."""
        self._wait(timeout)
        return []


class SimulatedLoop(asyncio.BaseEventLoop):
    """Runs callbacks in an order and at times that come from `seed`."""

    _scheduled: list[asyncio.TimerHandle]
    _ready: deque[asyncio.Handle]

    def __init__(self, seed: object) -> None:
        super().__init__()
        self._now = 0.0
        self._selector = _Selector(self._pass)
        self._clock_resolution = 1e-6
        self._order = Random(f"order {seed}")  # noqa: S311 - it is to be known
        self._tasks: dict[str | None, WeakSet[asyncio.Task[Any]]] = {}
        self._dead: set[str] = set()
        self.graves: list[object] = []  # what the dead held: nothing of theirs may run, not even an ending
        self.network = Network(self, Random(f"network {seed}"))  # noqa: S311
        self.disk = Disk(self, Random(f"disk {seed}"))  # noqa: S311
        self.set_task_factory(self._new_task)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._now

    # What is dead stays dead

    def kill(self, owner: str) -> None:
        """End a process at once: nothing of it runs any more, and its connections break."""
        self._dead.add(owner)
        self.graves += self._tasks.get(owner, ())
        for task in self._tasks.get(owner, ()):
            task._log_destroy_pending = False  # type: ignore[attr-defined]
        gone = [handle for handle in (*self._ready, *self._scheduled) if self._is_dead(_context(handle))]
        self.graves += gone
        lost = set(map(id, gone))
        self._ready = deque(handle for handle in self._ready if id(handle) not in lost)
        self._scheduled = [handle for handle in self._scheduled if id(handle) not in lost]
        heapq.heapify(self._scheduled)
        self.network.kill(owner)

    def bury(self) -> None:
        """End the loop without an end for anybody.

        Whatever is left is never let go of: the `finally` of a killed process would run, here and now.
        """
        left = [task for tasks in self._tasks.values() for task in tasks if not task.done()]
        for task in left:
            task._log_destroy_pending = False  # type: ignore[attr-defined]
        kept = [self.graves, left, list(self._ready), list(self._scheduled)]
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(kept))
        self.close()

    def is_alive(self, owner: str | None) -> bool:
        """Whether nobody has killed that process."""
        return owner not in self._dead

    def _is_dead(self, context: Context | None) -> bool:
        owner = OWNER.get() if context is None else context.get(OWNER)
        return owner in self._dead

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """As ever, but nothing for the dead."""
        if self._is_dead(context):
            return self._buried(asyncio.Handle(callback, args, self, context))
        return super().call_soon(callback, *args, context=context)

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """As ever, but nothing for the dead."""
        if self._is_dead(context):
            return self._buried(asyncio.TimerHandle(when, callback, args, self, context))
        return super().call_at(when, callback, *args, context=context)

    def _buried(self, handle: H) -> H:
        self.graves.append(handle)
        return handle

    def _new_task(self, loop: Any, coroutine: Any, **more: Any) -> asyncio.Task[Any]:
        context = more.get("context")
        owner = OWNER.get() if context is None else context.get(OWNER)
        task = asyncio.Task(coroutine, loop=loop, **more)
        self._tasks.setdefault(owner, WeakSet()).add(task)
        return task

    # Time and order

    def _pass(self, timeout: float | None) -> None:
        if timeout is None:
            when = f"everybody waits since {self._now:.3f} s, and nothing is to come"
            raise StuckError(f"{when}:\n{self._waiting()}")
        if timeout > 0 and self._scheduled:
            self._now = max(self._now, min(self._scheduled[0].when(), self._now + timeout))
        if len(self._ready) > 1 and self._order.random() < OUT_OF_ORDER:
            self._shuffle()

    def _waiting(self) -> str:
        """Who waits where: each task with the innermost of its coroutines."""
        alive = {owner: tasks for owner, tasks in self._tasks.items() if owner not in self._dead}
        waiting = (
            f"{owner}: {_places(task.get_coro())}"
            for owner, tasks in alive.items()
            for task in tasks
            if not task.done()
        )
        return "\n".join(sorted(waiting))

    def _shuffle(self) -> None:
        """Let tasks go on in another order: they may not rely on it. Other callbacks keep their places."""
        handles = list(self._ready)
        places = [place for place, handle in enumerate(handles) if _is_of_task(handle)]
        steps = [handles[place] for place in places]
        self._order.shuffle(steps)
        for place, step in zip(places, steps, strict=True):
            handles[place] = step
        self._ready = deque(handles)

    def _process_events(self, _: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass

    # Threads: what they do is done at one moment, and is known some time later

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, work: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Does the work at a moment that the disk draws; whoever waits for it hears of it later still."""
        return self.disk.do(executor, work, *args)

    # Sockets

    async def create_server(  # type: ignore[override]
        self, factory: Any, host: Any = None, port: Any = None, **_: Any
    ) -> Any:
        """Listen on a port of this loop."""
        return self.network.listen(factory, str(host), port or 0, copy_context(), OWNER.get())

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Remembers where a socket is to lead; raises ConnectionRefusedError where nobody listens."""
        await asyncio.sleep(self.network.delay())
        self.network.dial(sock.fileno(), address[1])

    async def create_connection(  # type: ignore[override]
        self, factory: Any, *_: Any, sock: Any = None, **__: Any
    ) -> Any:
        """A connection to where the socket was led."""
        port = self.network.dialled(sock.fileno())
        sock.close()
        protocol = factory()
        wire: Wire = self.network.connect(protocol, port, copy_context(), OWNER.get())
        return wire, protocol


def _context(handle: asyncio.Handle) -> Context | None:
    return handle._context  # type: ignore[attr-defined,no-any-return]


def _places(coroutine: Any) -> str:
    """Where a coroutine waits, and where those that it waits for do."""
    places = []
    while coroutine is not None and (frame := getattr(coroutine, "cr_frame", None)) is not None:
        places.append(f"{frame.f_code.co_qualname}:{frame.f_lineno}")
        coroutine = coroutine.cr_await
    return " > ".join(places)


def _is_of_task(handle: asyncio.Handle) -> bool:
    callback = handle._callback  # type: ignore[attr-defined]
    return isinstance(getattr(callback, "__self__", None), asyncio.Task)


__all__ = ["OWNER", "Listener", "SimulatedLoop", "StuckError"]

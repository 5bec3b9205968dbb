"""Every listener is bound to what it may use, in a way that the type checker reads."""

import ast
import inspect
from pathlib import Path

import handlers
from tests.conftest import Running


def test_wiring_is_spelled_out() -> None:
    """No `**` hides a keyword from mypy, which compares each `partial` with the listener that it binds."""
    calls = [
        node
        for node in ast.walk(ast.parse(Path(handlers.__file__).read_text()))
        if isinstance(node, ast.Call)
    ]
    assert not [call for call in calls if any(keyword.arg is None for keyword in call.keywords)]


def test_every_listener_has_all_that_it_asks_for(running: Running) -> None:
    """Nothing is left that Bolt would not know how to fill in."""
    for listener in running.bot.app._async_listeners:
        left = inspect.signature(listener.ack_function).parameters.values()
        assert not [each for each in left if each.kind is each.KEYWORD_ONLY and each.default is each.empty]

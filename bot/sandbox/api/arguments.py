"""The arguments of a Web API call, read by the signature of the function that answers it.

Strict on purpose: Slack ignores an argument that it does not know, this fake refuses it.
"""

import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.model.errors import RefusedError, invalid

ALWAYS = frozenset({"token", "team_id"})  # Bolt's client sends the team with every call


def read(call: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments for `call(world, *, ...)`; RefusedError for unknown, missing or wrong ones.

    `given` holds JSON values, or strings where the call came as a form.
    """
    wanted = dict(list(inspect.signature(call).parameters.items())[1:])
    problems = [
        f"invalid additional property: {name} [json-pointer:/]"
        for name in given
        if name not in wanted and name not in ALWAYS
    ]
    read_so_far: dict[str, Any] = {}
    for name, parameter in wanted.items():
        if name not in given:
            if parameter.default is parameter.empty:
                problems.append(f"missing required field: {name} [json-pointer:/]")
            continue
        try:
            read_so_far[name] = _value(parameter.annotation, given[name])
        except (TypeError, ValueError) as error:
            problems.append(f"{error} [json-pointer:/{name}]")
    if problems:
        raise invalid("invalid_arguments", *problems)
    return read_so_far


def body(raw: bytes, content_type: str) -> dict[str, Any]:
    """The arguments in a JSON body; RefusedError when it is none."""
    if content_type != "application/json":
        raise RefusedError("invalid_post_type")
    try:
        parsed = json.loads(raw or b"{}")
    except ValueError as error:
        raise RefusedError("invalid_json") from error
    if not isinstance(parsed, dict):
        raise RefusedError("json_not_object")
    return parsed


def _value(wanted: Any, value: Any) -> Any:
    if wanted is Any:
        return _json(value) if isinstance(value, str) else value
    if wanted is bool:
        return _flag(value)
    if wanted is int:
        return _whole(value)
    if not isinstance(value, str):
        raise TypeError("must be a string")
    return value


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueError("must be valid JSON") from error


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("1", "true", 1):
        return True
    if value in ("0", "false", 0):
        return False
    raise ValueError("must be a boolean")


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError("must be an integer")
    try:
        return int(value)
    except ValueError as error:
        raise ValueError("must be an integer") from error

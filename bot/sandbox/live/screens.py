"""The modals that people have open: a stack of at most three views for each person."""

import itertools
import json
from typing import Any

from bot.sandbox.blockkit import validate_view
from bot.sandbox.model.app import App
from bot.sandbox.model.clock import Moments
from bot.sandbox.model.errors import RefusedError, invalid
from bot.sandbox.model.feed import Feed
from bot.sandbox.model.json_copy import copied
from bot.sandbox.model.views import View

VIEW_BYTES = 250_000
STACK = 3
NO_TITLE = {"type": "plain_text", "text": "View Title", "emoji": True}  # what Slack says of a Home tab


def require_valid(body: Any, kind: str) -> None:
    """RefusedError for a view that Slack would not take: too large, or no valid one of that kind."""
    if len(json.dumps(body).encode()) > VIEW_BYTES:
        raise RefusedError("view_too_large")
    problems = [f"{p.message} [json-pointer:/view{p.pointer}]" for p in validate_view(body)]
    if not problems and body["type"] != kind:
        problems = [f"must be {kind} [json-pointer:/view/type]"]
    if problems:
        raise invalid("invalid_arguments", *problems)


def payload_of(view: View, team_id: str, app: App) -> dict[str, Any]:
    """The view object that Slack puts into answers and payloads."""
    body = view.body
    return {
        "id": view.id,
        "team_id": team_id,
        "type": body["type"],
        "blocks": copied(view.blocks),
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": view.callback_id,
        "state": {"values": copied(view.state)},
        "hash": view.hash,
        "title": body.get("title", NO_TITLE),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": app.id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": team_id,
        "bot_id": app.bot_id,
    }


class Screens:
    """All open views, by person, the one on top last."""

    def __init__(self, team_id: str, app: App, moments: Moments, feed: Feed) -> None:
        self._team_id = team_id
        self._app = app
        self._moments = moments
        self._feed = feed
        self._count = itertools.count(1)
        self._stacks: dict[str, list[View]] = {}
        self._external_ids: set[str] = set()

    def of(self, user_id: str) -> list[View]:
        """The stack of a person, the view that they see last."""
        return list(self._stacks.get(user_id, []))

    def open(self, user_id: str, body: dict[str, Any], *, channel_id: str | None = None) -> View:
        """Open a modal. One that was open gives way to it, as a person has one modal at a time."""
        self._admit(body)
        self.clear(user_id, why="replaced")
        return self._add(user_id, body, channel_id)

    def push(self, user_id: str, body: dict[str, Any], *, onto: str | None = None) -> View:
        """Put a view on top of the stack; RefusedError beyond three, or when nothing is open."""
        stack = self._stacks.get(user_id, [])
        if not stack or (onto and onto not in {view.id for view in stack}):
            raise RefusedError("not_found")
        if len(stack) >= STACK:
            raise RefusedError("push_limit_reached")
        self._admit(body)
        return self._add(user_id, body, stack[-1].channel_id)

    def update(self, view: View, body: dict[str, Any], *, stamp: str | None = None) -> View:
        """Change an open view; `stamp` is the hash that the bot has seen."""
        if stamp is not None and stamp != view.hash:
            raise RefusedError("hash_conflict")
        self._admit(body, instead_of=view)
        view.show(body, self._moments.next())
        self._feed.note("view.updated", user=view.user_id, view=self.payload(view))
        return view

    def find(self, *, view_id: str = "", external_id: str = "") -> View:
        """An open view by either id; RefusedError when there is none."""
        for view in itertools.chain(*self._stacks.values()):
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise RefusedError("not_found")

    def close(self, view: View, *, why: str) -> None:
        """Take one view off the stack, and those above it."""
        stack = self._stacks.get(view.user_id, [])
        for gone in stack[stack.index(view) :][::-1] if view in stack else ():
            stack.remove(gone)
            gone.is_open = False
            self._external_ids.discard(gone.body.get("external_id", ""))
            self._feed.note("view.closed", user=gone.user_id, view_id=gone.id, why=why)

    def clear(self, user_id: str, *, why: str) -> None:
        """Close the whole modal of a person."""
        for root in self.of(user_id)[:1]:
            self.close(root, why=why)

    def payload(self, view: View) -> dict[str, Any]:
        """The view object that Slack puts into answers and payloads."""
        return payload_of(view, self._team_id, self._app)

    def _admit(self, body: Any, *, instead_of: View | None = None) -> None:
        """Refuse what Slack would: too large, not a valid modal, an external_id in use."""
        require_valid(body, "modal")
        before = instead_of.body.get("external_id") if instead_of else None
        external_id = body.get("external_id")
        if external_id and external_id != before and external_id in self._external_ids:
            raise RefusedError("duplicate_external_id")

    def _add(self, user_id: str, body: dict[str, Any], channel_id: str | None) -> View:
        stack = self._stacks.setdefault(user_id, [])
        name = f"V{next(self._count):08d}"
        root = stack[0].id if stack else name
        above = stack[-1].id if stack else None
        view = View(name, user_id, channel_id, root, above, body, "")
        view.show(body, self._moments.next())
        stack.append(view)
        if body.get("external_id"):
            self._external_ids.add(body["external_id"])
        kind = "view.pushed" if above else "view.opened"
        self._feed.note(kind, user=user_id, view=self.payload(view))
        return view

"""The Home tab of the app, one for each person, as the bot has published it."""

import itertools
from typing import Any

from bot.sandbox.live.screens import payload_of, require_valid
from bot.sandbox.model.app import App
from bot.sandbox.model.clock import Moments
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.feed import Feed
from bot.sandbox.model.views import View


class Homes:
    """All Home tabs, by person."""

    def __init__(self, team_id: str, app: App, moments: Moments, feed: Feed) -> None:
        self._team_id = team_id
        self._app = app
        self._moments = moments
        self._feed = feed
        self._count = itertools.count(1)
        self._views: dict[str, View] = {}

    def of(self, user_id: str) -> View | None:
        """The Home tab of a person; None where the bot has not published one yet."""
        return self._views.get(user_id)

    def publish(self, user_id: str, body: dict[str, Any], *, stamp: str | None = None) -> View:
        """Put a new Home tab in the place of the one before; `stamp` is the hash that the bot has seen."""
        if not self._app.home_tab:
            raise RefusedError("not_enabled")
        view = self._views.get(user_id)
        if stamp is not None and (view is None or stamp != view.hash):
            raise RefusedError("hash_conflict")
        require_valid(body, "home")
        if view is None:
            name = f"VHOME{next(self._count):04d}"
            view = self._views[user_id] = View(name, user_id, None, name, None, body, "")
        view.show(body, self._moments.next())
        self._feed.note("home.published", user=user_id, view=self.payload(view))
        return view

    def payload(self, view: View) -> dict[str, Any]:
        """The view object that Slack puts into answers and payloads."""
        return payload_of(view, self._team_id, self._app)

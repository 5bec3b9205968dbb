"""The Web API over HTTP: /api/METHOD, JSON or form, as AsyncWebClient calls it."""

from typing import Any

from aiohttp import web

from bot.sandbox.api import access, arguments
from bot.sandbox.api.failing import failing
from bot.sandbox.api.faults import Faults
from bot.sandbox.api.limits import Limits
from bot.sandbox.api.methods import METHODS, Method
from bot.sandbox.live import uploads
from bot.sandbox.live.world import World
from bot.sandbox.model.errors import RefusedError

SECRETS = ("token", "trigger_id")
OK = 200
UPLOAD = "upload"  # what faults call the address to which a file is sent


class WebApi:
    """Answers calls: token, method, fault, scope, arguments, limit, and only then the method itself."""

    def __init__(self, world: World, faults: Faults, limits: Limits) -> None:
        self._world = world
        self._faults = faults
        self._limits = limits

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call, from the request to the answer."""
        name = request.match_info["method"]
        try:
            given = await _given(request)
            method = self._admit(name, _token(request, given), given)
        except RefusedError as refused:
            return self._answer(name, refused.body())
        channel = given.get("channel")
        fault = self._faults.next(name, channel if isinstance(channel, str) else None)
        if fault is None:
            return self._call(name, method, given)
        self._world.feed.note("fault", method=name, fault=type(fault).__name__)
        return await failing(
            fault,
            request,
            call=lambda: self._call(name, method, given),
            refuse=lambda error, wait: self._answer(name, {"ok": False, "error": error}, wait=wait),
            faults=self._faults,
        )

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file, sent to the address that files.getUploadURLExternal gave."""
        content, secret = await request.read(), request.match_info["secret"]
        self._world.feed.note("api.request", method=UPLOAD, arguments={"bytes": len(content)})

        def call() -> web.Response:
            response = uploads.receive(self._world, secret, content)
            self._world.feed.note("api.answer", method=UPLOAD, ok=response.status == OK, error=response.text)
            return response

        fault = self._faults.next(UPLOAD, None)
        if fault is None:
            return call()
        self._world.feed.note("fault", method=UPLOAD, fault=type(fault).__name__)
        return await failing(fault, request, call=call, refuse=_refuse_upload, faults=self._faults)

    def _admit(self, name: str, token: str | None, given: dict[str, Any]) -> Method:
        """The method, when it exists and the token is right for it."""
        shown = {key: value for key, value in given.items() if key not in SECRETS}
        self._world.feed.note("api.request", method=name, arguments=shown)
        method = METHODS.get(name)
        self._authorize(token, for_app=method is not None and method.for_app)
        if method is None:
            raise RefusedError("unknown_method", req_method=name)
        return method

    def _call(self, name: str, method: Method, given: dict[str, Any]) -> web.Response:
        try:
            access.require(self._world, *method.scopes)
            wanted = arguments.read(method.call, given)
            if wait := self._wait(name, method, wanted):
                return self._answer(name, {"ok": False, "error": "ratelimited"}, wait=wait)
            return self._answer(name, {"ok": True, **method.call(self._world, **wanted)})
        except RefusedError as refused:
            return self._answer(name, refused.body())

    def _wait(self, name: str, method: Method, wanted: dict[str, Any]) -> int:
        wait = self._limits.of_method(name, method.tier)
        if not wait and name == "chat.postMessage":
            wait = self._limits.of_channel(wanted["channel"])
        return wait

    def _authorize(self, token: str | None, *, for_app: bool) -> None:
        app = self._world.app
        if not token:
            raise RefusedError("not_authed")
        if (token == app.token and for_app) or (token == app.app_token and not for_app):
            raise RefusedError("not_allowed_token_type")
        if token not in (app.token, app.app_token):
            raise RefusedError("invalid_auth")
        if app.revoked:
            raise RefusedError("token_revoked")

    def _answer(self, name: str, body: dict[str, Any], *, wait: int = 0) -> web.Response:
        self._world.feed.note("api.answer", method=name, ok=body["ok"], error=body.get("error"))
        scopes = ",".join(sorted(self._world.app.scopes))
        headers = {"x-oauth-scopes": scopes} | ({"Retry-After": str(wait)} if wait else {})
        return web.json_response(body, status=429 if wait else 200, headers=headers)


async def _given(request: web.Request) -> dict[str, Any]:
    if request.method == "GET":
        return dict(request.query)
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {**request.query, **await request.post()}
    return {**request.query, **arguments.body(await request.read(), request.content_type)}


def _token(request: web.Request, given: dict[str, Any]) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else given.get("token")


def _refuse_upload(error: str, wait: int) -> web.Response:
    headers = {"Retry-After": str(wait)} if wait else {}
    return web.Response(status=429 if wait else 400, text=error, headers=headers)

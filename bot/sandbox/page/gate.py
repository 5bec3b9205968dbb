"""Who may use the page: the browser that opened it on this machine, and no other web page in it."""

import secrets

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

OPEN_PATHS = ("/", "/static/")  # hold nothing of anybody; all else needs the cookie


class Gate:
    """Lets a request in or refuses it, and tells the browser what the page may load.

    A name other than loopback's (a rebound one) is refused, and so is a request that another site makes:
    the cookie is kept from it (`SameSite=Strict`), its origin is not ours, and it cannot send JSON unasked.
    `images` is the one other origin from which pictures may come: the fake Slack's own.
    """

    def __init__(self, port: int, *, images: str) -> None:
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._cookie = f"bifocal-sandbox-{port}"
        self._token = secrets.token_urlsafe(24)
        self._headers = {
            "Content-Security-Policy": "; ".join(
                (
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    f"img-src 'self' {images}",
                    "connect-src 'self'",
                    "form-action 'none'",
                    "base-uri 'none'",
                    "frame-ancestors 'none'",
                )
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        }

    def middleware(self) -> Middleware:
        """For `web.Application(middlewares=[...])`."""

        @web.middleware
        async def admit(request: web.Request, handler: Handler) -> web.StreamResponse:
            if why := self._refusal(request):
                return web.Response(status=403, text=f"{why}\n", headers=self._headers)
            try:
                response = await handler(request)
            except web.HTTPException as error:
                error.headers.update(self._headers)
                raise
            if request.path == OPEN_PATHS[0]:
                response.set_cookie(self._cookie, self._token, httponly=True, samesite="Strict", path="/")
            return response

        return admit

    async def sign(self, _: web.Request, response: web.StreamResponse) -> None:
        """For `on_response_prepare`: the headers."""
        response.headers.update(self._headers)

    def _refusal(self, request: web.Request) -> str | None:
        own = f"http://{request.host}"
        if request.host not in self._hosts:
            return "This page answers on loopback only."
        is_open = request.path == OPEN_PATHS[0] or request.path.startswith(OPEN_PATHS[1])
        site = "same-origin" if is_open else request.headers.get("Sec-Fetch-Site", "same-origin")
        if request.headers.get("Origin", own) != own or site != "same-origin":
            return "Another page may not act here."
        return None if is_open else self._refusal_inside(request)

    def _refusal_inside(self, request: web.Request) -> str | None:
        if not secrets.compare_digest(request.cookies.get(self._cookie, "").encode(), self._token.encode()):
            return "Open the page's address first."
        if request.method == "POST" and request.content_type != "application/json":
            return "Acts are sent as JSON."
        return None

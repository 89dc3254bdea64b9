"""Who may talk to the playground: nobody but pages of its own address, and programs on this machine."""

from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class Guard:
    """Refuses a foreign Host (DNS rebinding) and a foreign Origin (another site's page)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_ours(scope):
            await self.app(scope, receive, send)
            return
        await PlainTextResponse("foreign Host or Origin", 403)(scope, receive, send)

    @staticmethod
    def _is_ours(scope: Scope) -> bool:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        if _hostname(f"//{host}") not in LOCAL_HOSTS:
            return False
        origin = headers.get(b"origin")
        return origin is None or origin.lower() == f"http://{host}".lower()


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None

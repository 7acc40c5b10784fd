"""The transport: how one request is sent."""

from __future__ import annotations

from collections.abc import Callable

from archive.infrastructure.http.Headers import default_headers

Send = Callable[[str], tuple[int, object]]


def build(timeout: float = 10.0) -> Send:
    """Return a function that gets an address and returns status and JSON body."""

    def send(url: str) -> tuple[int, object]:
        import httpx

        answer = httpx.get(url, headers=default_headers(), timeout=timeout, follow_redirects=True)
        return answer.status_code, answer.json() if answer.status_code == 200 else None

    return send

"""Log-in through ORCID."""

from __future__ import annotations

from urllib.parse import urlencode

from archive.domain.auth.model import Identity
from archive.domain.auth.port.identity_provider import IdentityProvider
from archive.domain.shared.errors import BackendFailed

BASE = "https://orcid.org/oauth"


class OrcidProvider(IdentityProvider):
    """Implements the IdentityProvider port."""

    name = "orcid"

    def __init__(self, client_id: str, secret: str) -> None:
        self._client_id = client_id
        self._secret = secret

    def authorize_url(self, state: str) -> str:
        """Return the address of ORCID's consent page."""
        query = {"client_id": self._client_id, "response_type": "code", "scope": "/authenticate"}
        return f"{BASE}/authorize?{urlencode(query | {'state': state})}"

    def exchange(self, code: str) -> Identity:
        """Exchange the code for the ORCID iD and the name."""
        import httpx

        answer = httpx.post(
            f"{BASE}/token",
            data={
                "client_id": self._client_id,
                "client_secret": self._secret,
                "grant_type": "authorization_code",
                "code": code,
            },
        )
        if answer.status_code != 200:
            raise BackendFailed(f"ORCID answered {answer.status_code}")
        body = answer.json()
        return Identity(self.name, body["orcid"], body.get("name") or body["orcid"])

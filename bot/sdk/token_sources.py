"""Who the bot says it is to Entra: an app registration with a proof of its own, or a managed identity."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from bot.sdk.hosts import LOGIN_URL

if TYPE_CHECKING:
    import requests

    from bot.sdk.certificates import Certificate

RESOURCE = "https://api.botframework.com"
EXCHANGE = "api://AzureADTokenExchange"
"""What a managed identity's token is for when an app registration shows it as its own proof."""
SYSTEM = "system"
"""The managed identity of the machine itself, which has no client id that anybody chose."""

_NETWORK_TIMEOUT = (3, 5)
"""Seconds to be let in and for each answer. The process cannot end while it waits for one."""

# msal would log the whole answer of a login service that talks nonsense. What matters is in our own error.
logging.getLogger("msal").setLevel(logging.CRITICAL)


class TokenSource(Protocol):
    """Asks for an access token for the Bot Connector; called in a worker thread."""

    def ask(self) -> dict[str, Any]:
        """msal's answer: `access_token` and `expires_in` in seconds, or `error`. May raise anything."""
        ...

    def forget(self) -> None:
        """What was given is refused: the next answer must be a new one, and not msal's memory of it."""
        ...


class EntraApp:
    """An app registration in its tenant. `proof` is what msal calls a client credential."""

    def __init__(self, app_id: str, tenant_id: str, proof: Any, login_url: str = LOGIN_URL) -> None:
        self._app_id = app_id
        self._authority = f"{login_url.rstrip('/')}/{tenant_id}"
        self._proof = proof
        self._application: Any = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._app_id})"

    def forget(self) -> None:
        """msal keeps its tokens with the application."""
        self._application = None

    def ask(self) -> dict[str, Any]:
        """A token for the app."""
        import msal  # here and below: in the thread that asks, and not before the bot is ready

        if self._application is None:
            self._application = msal.ConfidentialClientApplication(
                self._app_id,
                client_credential=self._proof,
                authority=self._authority,
                instance_discovery=False,  # the operator named the authority; ask nobody else about it
                timeout=_NETWORK_TIMEOUT,
            )
        answer: dict[str, Any] = self._application.acquire_token_for_client(scopes=[f"{RESOURCE}/.default"])
        return answer


class ManagedIdentity:
    """An identity that Azure gives the machine; `identity` is its client id, or SYSTEM."""

    def __init__(self, identity: str, resource: str = RESOURCE) -> None:
        self._identity = identity
        self._resource = resource
        self._client: Any = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._identity})"

    def forget(self) -> None:
        """msal keeps its tokens with the client."""
        self._client = None

    def ask(self) -> dict[str, Any]:
        """A token for the identity."""
        import msal

        if self._client is None:
            self._client = msal.ManagedIdentityClient(_chosen(self._identity), http_client=_http_client())
        answer: dict[str, Any] = self._client.acquire_token_for_client(resource=self._resource)
        return answer


def with_secret(app_id: str, tenant_id: str, secret: str, login_url: str = LOGIN_URL) -> EntraApp:
    """An app registration that shows a secret."""
    return EntraApp(app_id, tenant_id, secret, login_url)


def with_certificate(
    app_id: str, tenant_id: str, certificate: Certificate, login_url: str = LOGIN_URL
) -> EntraApp:
    """An app registration that signs with the certificate's key."""
    # msal takes the certificate's fingerprint itself. A key as text it would read again, and test, for each token.
    proof = {"private_key": certificate.private_key, "public_certificate": certificate.chain}
    return EntraApp(app_id, tenant_id, proof, login_url)


def with_managed_identity(
    app_id: str, tenant_id: str, identity: str, login_url: str = LOGIN_URL
) -> TokenSource:
    """The managed identity that is the bot itself, when its client id is the app id. Any other one stands for
    an app registration which trusts it (a federated credential)."""
    if identity == app_id:
        return ManagedIdentity(identity)
    trusted = ManagedIdentity(identity, EXCHANGE)
    return EntraApp(app_id, tenant_id, {"client_assertion": partial(_assertion, trusted)}, login_url)


def _assertion(identity: ManagedIdentity) -> str:
    token: str = identity.ask()["access_token"]
    return token


def _chosen(identity: str) -> Any:
    import msal

    if identity == SYSTEM:
        return msal.SystemAssignedManagedIdentity()
    return msal.UserAssignedManagedIdentity(client_id=identity)


def _http_client() -> requests.Session:
    import requests

    session = requests.Session()
    session.trust_env = False  # the endpoint is this machine's own: no proxy may see what it says
    session.request = partial(session.request, timeout=_NETWORK_TIMEOUT)  # type: ignore[method-assign]
    return session

"""Which service URLs the bot talks to: a reply carries our token to whatever URL it is sent to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

from yarl import URL

TEAMS_HOSTS = (".botframework.com", "smba.trafficmanager.net")
"""Teams' own hosts in the public cloud. Anybody can register a name under trafficmanager.net, so that one is
named in full."""

LOGIN_URL = "https://login.microsoftonline.com"
METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"

_REMEMBERED = 256
_LONGEST = 500


def is_loopback(host: str) -> bool:
    """Whether the host is this machine itself: 127.0.0.0/8, ::1 or localhost."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass
class ServiceHosts:
    """The hosts that a service URL may name: in full, or with a leading dot every host under that name.

    Without names only loopback is allowed (local mode). A loopback host that is named may do without TLS.
    """

    names: Sequence[str] = ()
    _known: dict[str, str | None] = field(default_factory=dict, repr=False)

    def base(self, service_url: str) -> str | None:
        """The URL without its trailing slash, or None if it is not one of ours."""
        if len(service_url) > _LONGEST:
            return None
        if service_url not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[service_url] = self._judge(service_url)
        return self._known[service_url]

    def _judge(self, service_url: str) -> str | None:
        if not service_url.isascii() or not service_url.isprintable():
            return None
        try:
            # The parser is the one that the HTTP client itself connects with, so the two cannot disagree.
            url = URL(service_url)
            host, port = url.host, url.port
        except ValueError:
            return None
        if not host or port is None or url.user is not None or url.password is not None:
            return None
        if "\\" in service_url or url.query_string or url.fragment or not self._is_named(host):
            return None
        if url.scheme != "https" and not (url.scheme == "http" and is_loopback(host)):
            return None
        return str(url).rstrip("/")

    def _is_named(self, host: str) -> bool:
        if not self.names:
            return is_loopback(host)
        return any(host.endswith(name) if name.startswith(".") else host == name for name in self.names)

import pytest

from bot.sdk.hosts import TEAMS_HOSTS, ServiceHosts


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net/emea"),
        ("https://SMBA.trafficmanager.net/no", "https://smba.trafficmanager.net/no"),
        ("https://webchat.botframework.com/", "https://webchat.botframework.com"),
        ("http://smba.trafficmanager.net/emea/", None),
        ("https://evil.trafficmanager.net/", None),
        ("https://botframework.com.evil.no/", None),
        ("https://evilbotframework.com/", None),
        ("https://smba.trafficmanager.net@evil.no/", None),
        ("https://evil.no/smba.trafficmanager.net", None),
        ("https://evil.no#.botframework.com", None),
        ("https://evil.no?.botframework.com", None),
        ("https://evil.no\\@smba.trafficmanager.net/", None),
        ("https://smba.trafficmanager.net.", None),
        ("https://smba.trafficmanager.net:99999/", None),
        ("https://smba.trafficmanager.nеt/", None),
        ("https://127.0.0.1/", None),
        ("https://[::1/", None),
        ("//smba.trafficmanager.net/", None),
        ("https://smba.trafficmanager.net/\r\nX: y", None),
        ("https://smba.trafficmanager.net/" + "x" * 500, None),
        ("", None),
    ],
)
def test_only_teams_own_hosts(url: str, base: str | None) -> None:
    assert ServiceHosts(TEAMS_HOSTS).base(url) == base


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:3979/", True),
        ("http://127.8.9.1", True),
        ("http://localhost:56150/_connector", True),
        ("http://[::1]:8/", True),
        ("http://0.0.0.0/", False),
        ("http://localhost.evil.no/", False),
        ("http://10.0.0.1/", False),
        ("http://127.0.0.1.evil.no/", False),
        ("https://smba.trafficmanager.net/emea/", False),
    ],
)
def test_without_names_only_this_machine(url: str, allowed: bool) -> None:
    assert (ServiceHosts().base(url) is not None) == allowed


def test_what_is_remembered_is_bounded() -> None:
    hosts = ServiceHosts()
    for number in range(1000):
        hosts.base(f"http://127.0.0.1/{number}")
        assert hosts.base(f"http://127.0.0.1/{'x' * 10_000}{number}") is None
    assert len(hosts._known) <= 256
    assert max(map(len, hosts._known)) < 1000

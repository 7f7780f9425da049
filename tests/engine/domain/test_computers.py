import pytest

from photo_organizer.engine.domain.computers import checked_address, is_loopback
from photo_organizer.engine.domain.reasons import SpokenError


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tls://nas:8786", "tls://nas:8786"),
        (" tls://NAS.local:9000/ ", "tls://nas.local:9000"),
        ("nas", "tls://nas:8786"),
        ("nas:9000", "tls://nas:9000"),
        ("192.168.0.7", "tls://192.168.0.7:8786"),
        ("tls://[fe80::1]:9000", "tls://[fe80::1]:9000"),
        ("tcp://127.0.0.1:8786", "tcp://127.0.0.1:8786"),
        ("tcp://127.9.9.9", "tcp://127.9.9.9:8786"),
        ("tcp://[::1]:8786", "tcp://[::1]:8786"),
        ("tcp://localhost", "tcp://localhost:8786"),
    ],
)
def test_an_address_is_understood_as_people_write_it(text, address):
    assert checked_address(text) == address
    assert checked_address(address) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "tls://", "http://nas:8786", "nas:photos", "nas:99999", "tls://[nas"),
        *("two names", "tls://nas/photos", "tls://me@nas", "/photos", "tls://nas?x"),
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(SpokenError, match="tls://nas:8786") as refused:
        checked_address(text)
    assert refused.value.reason.code == "cluster.no_address"


@pytest.mark.parametrize("text", ["tcp://nas:8786", "tcp://192.168.0.7", "tcp://127.0.0.1.evil"])
def test_a_plain_address_is_refused_over_a_network(text):
    with pytest.raises(SpokenError) as refused:
        checked_address(text)
    assert refused.value.reason.code == "cluster.plain"
    assert "any program" in str(refused.value.reason)
    assert checked_address(text, plain=True).startswith(text)


def test_only_addresses_of_this_computer_are_loopback():
    assert [
        host for host in ("localhost", "127.0.0.1", "::1", "nas", "10.0.0.1") if is_loopback(host)
    ] == [
        "localhost",
        "127.0.0.1",
        "::1",
    ]

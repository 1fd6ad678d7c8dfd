"""A city whose people are told by every way, with real receivers at the other end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.notices.receivers import Receivers, config_text, receiving


@pytest.fixture(scope="session")
def servers() -> Iterator[Receivers]:
    with receiving() as here:
        yield here


@pytest.fixture
def receivers(servers: Receivers) -> Receivers:
    """Those of this run, with nothing taken yet."""
    from huiyin.clock.now import now

    servers.taken.clear()
    servers.refused.clear()
    servers.answers.clear()
    servers.now = now
    return servers


@pytest.fixture
def site(receivers: Receivers, settings: LazySettings, tmp_path: Path) -> "Site":
    settings.HOME = tmp_path
    made = Site(tmp_path, receivers)
    made.write(config_text(receivers))
    return made


class Site:
    """The home of a site and its file of channels."""

    def __init__(self, home: Path, receivers: Receivers) -> None:
        self.home, self.receivers = home, receivers
        self.file = home / "notices.toml"

    def write(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")
        self.file.chmod(0o600)

    def uses(self, gateway: str) -> None:
        self.write(config_text(self.receivers, gateway))

"""The pages in a real browser: nothing wider than the window, nothing in the console, light and dark."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.command import NIGHT, run_task

DRIVER, BROWSER = shutil.which("chromedriver"), shutil.which("chromium")
pytestmark = pytest.mark.skipif(not (DRIVER and BROWSER), reason="needs chromium and chromedriver")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
WIDTHS = (320, 375, 1280)


class Driver:
    """One session of a browser, by the W3C WebDriver protocol."""

    def __init__(self, port: int, width: int) -> None:
        """Open a window of a width."""
        self._port, self._width, self._session = port, width, "/session"
        metrics = {"width": width, "height": 800, "pixelRatio": 1}
        options = {"binary": BROWSER, "args": FLAGS, "mobileEmulation": {"deviceMetrics": metrics}}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        found = self._ask("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        self._session += f"/{found['sessionId']}"

    def look(self, page: Path) -> tuple[int, list[Any]]:
        """Open a page; return by how much it is wider than the window, and the console's messages."""
        self._ask("POST", "/url", {"url": page.as_uri()})
        script = "return document.documentElement.scrollWidth"
        wide = self._ask("POST", "/execute/sync", {"script": script, "args": []})
        return int(wide) - self._width, self._ask("POST", "/se/log", {"type": "browser"})

    def close(self) -> None:
        """End the session."""
        self._ask("DELETE", "")

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=120)
        connection.request(method, f"{self._session}{path}", None if body is None else json.dumps(body))
        with closing(connection):
            return json.load(connection.getresponse())["value"]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Start chromedriver and return its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    assert DRIVER is not None
    process = subprocess.Popen([DRIVER, f"--port={number}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                break
        time.sleep(0.1)
    yield number
    process.terminate()
    process.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the sample."""
    place = tmp_path_factory.mktemp("browser")
    assert run_task("BuildSite", "--date", NIGHT, cwd=place).returncode == 0
    (found,) = place.glob(f"reports/{NIGHT}/*-site")
    return found


def test_the_browser_tells_of_what_is_too_wide_and_of_what_the_console_says(port: int, tmp_path: Path) -> None:
    page = tmp_path / "wide.html"
    page.write_text(
        '<meta name="viewport" content="width=device-width"><p style="width:900px">a<script>console.error("b")</script>'
    )
    driver = Driver(port, 375)
    try:
        wider, console = driver.look(page)
    finally:
        driver.close()
    assert wider > 0
    assert len(console) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_the_sample_is_wider_than_the_window_or_says_anything_in_the_console(
    port: int, site: Path, width: int
) -> None:
    driver = Driver(port, width)
    try:
        seen = {path.relative_to(site).as_posix(): driver.look(path) for path in sorted(site.rglob("*.html"))}
    finally:
        driver.close()
    assert {path: found for path, found in seen.items() if found[0] > 0 or found[1]} == {}

"""A revision to a site: articles and stories in the pool, lists in this process, then all of it in one step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.digests import file_digest
from pipeline.engines import map_shards
from pipeline.published import Revision
from pipeline.resources import folder
from pipeline.settings import EngineSettings
from pipeline.site.lists import write_lists
from pipeline.site.passages import TextShown
from pipeline.site.press import TEMPLATES, Press
from pipeline.site.shards import site_shard, site_shards
from pipeline.storage import UNFINISHED, is_remote, publish_bytes

RECEIPT = "site.json"  # written last: where it is, the site is whole

Watch = Callable[[Iterator[int], int], Iterable[int]]

_KEPT = ("article", "title", "source", "published", "story", "score", "band", "reason", "independent_origins", "report")


def site_digest(fingerprint: str, shown: TextShown) -> str:
    """Return what a site is made of, as a digest: the revision, the way it is shown, our code and templates."""
    files = [*Path(__file__).parent.glob("*.py"), *TEMPLATES.iterdir(), *folder("docs").glob("*.md")]
    named = [f"{path.name}\0{file_digest(path)}" for path in sorted(files) if path.is_file()]
    return hashlib.sha256("\n".join([fingerprint, shown, *named]).encode()).hexdigest()


def is_built(target: Path, digest: str) -> bool:
    """Return whether a folder holds a whole site of that digest."""
    receipt = target / RECEIPT
    return receipt.is_file() and json.loads(receipt.read_bytes()).get("site") == digest


def build_site(  # noqa: PLR0913 - what is shown, from where to where, and how
    revision: Revision, target: Path, *, shown: TextShown, data: str | None, workers: int, watch: Watch
) -> int:
    """Lay a revision out as a site in ``target``, in place of one that is there; return the number of articles.

    A target that holds anything but a site is refused with FileExistsError. ``data`` is the way from the
    site to the index's folder, for links to the reports; None: no links. ``workers`` are processes, 0: one a core.
    """
    if target.exists() and not (target / RECEIPT).is_file() and any(target.iterdir()):
        raise FileExistsError(f"{target}: holds something else than a site; name an empty or new folder")
    beside = None if is_remote(target) else target.parent
    if beside is not None:
        beside.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=UNFINISHED, dir=beside) as place:
        made = Path(place) / "site"
        articles = _lay_out(revision, made, shown, data, workers, watch)
        receipt = {"site": site_digest(revision.fingerprint, shown), "text": shown}
        (made / RECEIPT).write_text(json.dumps(receipt) + "\n", encoding="utf-8")
        if beside is None:
            _upload(made, target)
        else:
            _take_place(made, target, Path(place) / "before")
    return articles


def _lay_out(  # noqa: PLR0913, PLR0917 - as build_site
    revision: Revision, made: Path, shown: TextShown, data: str | None, workers: int, watch: Watch
) -> int:
    rows = [{name: row[name] for name in _KEPT} for row in revision.rows("scores")]
    shards = list(site_shards(revision.folder, made, shown, data, rows))
    # Always on this machine: pages are read from one folder and written to another, by its own processes.
    engine = EngineSettings(name="local", workers=workers, address="")
    for _ in watch(map_shards(site_shard, shards, engine), len(shards)):
        pass
    write_lists(Press(made, revision.summary["run"], shown), revision, rows)
    return len(rows)


def _take_place(made: Path, target: Path, before: Path) -> None:
    """Put a finished site where another may stand: a reader finds the one or the other."""
    if target.exists():
        target.rename(before)
    made.rename(target)


def _upload(made: Path, target: Path) -> None:
    paths = sorted(path for path in made.rglob("*") if path.is_file())
    for path in sorted(paths, key=lambda path: path.name == RECEIPT):
        publish_bytes(target / path.relative_to(made).as_posix(), path.read_bytes())

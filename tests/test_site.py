"""The pages of a night: they say what the reports say, and nothing in them runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from pipeline.published import find_revision
from pipeline.site.addresses import article_page, web_address
from pipeline.site.findings import EvidenceView, FindingView
from pipeline.site.passages import Passage
from pipeline.site.press import policy
from pipeline.site.waterfall import waterfall
from pipeline.site.words import VERDICTS, hundredths, points_text
from tests.command import NIGHT, run_task, scored
from tests.conftest import ROOT
from tests.dumps import articles, write_jsonl
from tests.pages import HOSTILE, Page, pages_of
from tests.test_cli import twosource

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section", "article", "div", "p"),
    *("ul", "ol", "li", "h1", "h2", "h3", "h4", "a", "span", "strong", "small", "bdi", "br", "mark", "cite", "code", "abbr"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "rect", "line", "time", "details", "summary"),
    *("blockquote", "em"),
}  # fmt: skip


def _hostile(number: int) -> dict[str, Any]:
    return {
        "id": f"../{HOSTILE}{number}", "source": f"{HOSTILE}{number}", "title": f"{HOSTILE} {number}",
        "url": "javascript:alert(1)" if number % 2 else "https://example.org/?a=\"><script>b",
        "published": "2026-03-01", "language": "en",
        "text": f"“The {HOSTILE} bridge at Ulm will not be closed before autumn,” said Mayor {HOSTILE} Anna Weiss. "
        f"{HOSTILE} 1{number} people were hurt in Ulm on 1 March 2026, a flood of 40 percent. " * 8,
    }  # fmt: skip


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of one night of made-up and hostile articles, with its site."""
    place = tmp_path_factory.mktemp("site")
    dump = write_jsonl(place / "dump" / "night.jsonl", [*articles(6), *(_hostile(number) for number in range(4))])
    (dump.parent / "bad.json").write_text(f'{{"text": "{"x" * 9}", ')
    built = run_task("BuildSite", "--dump", str(dump.parent), "--output", "out", "--date", NIGHT, cwd=place)
    assert built.returncode == 0, built.stderr
    return place / "out"


@pytest.fixture(scope="module")
def site(night: Path) -> Path:
    revision = find_revision(night)
    return revision.folder.with_name(f"{revision.fingerprint}-site")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return pages_of(site)


def test_every_page_forbids_all_but_its_own_style(pages: dict[str, Page]) -> None:
    assert {page.policy for page in pages.values()} == {policy(page.style) for page in pages.values()}
    assert all(page.policy.startswith("default-src 'none'; style-src 'sha256-") for page in pages.values())


def test_no_element_or_attribute_of_a_page_comes_from_the_input(pages: dict[str, Page]) -> None:
    assert {tag for page in pages.values() for tag in page.tags} <= TAGS
    attributes = {name for page in pages.values() for name in page.attributes}
    assert {name for name in attributes if name.startswith("on") or name in {"src", "style", "srcdoc"}} == set()
    assert "{{ 7*7 }}" in pages["sources.html"].text


def test_what_turns_or_hides_text_is_shown_as_a_mark(pages: dict[str, Page]) -> None:
    assert any("\ufffdgnp" in page.text for page in pages.values())
    assert not any("\u202e" in page.text for page in pages.values())


def test_no_link_runs_anything_and_every_inner_link_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        for link in page.links:
            if web_address(link):
                continue
            file, _, anchor = link.partition("#")
            target = (site / path).parent / unquote(file) if file else site / path
            assert target.is_file(), (path, link)
            if anchor and target.suffix == ".html":
                assert unquote(anchor) in pages[target.resolve().relative_to(site.resolve()).as_posix()].ids, (
                    path,
                    link,
                )


def test_ids_are_unique_in_a_page(pages: dict[str, Page]) -> None:
    assert [path for path, page in pages.items() if len(set(page.ids)) != len(page.ids)] == []


def test_each_page_has_a_language_a_main_part_and_a_way_to_skip_to_it(pages: dict[str, Page]) -> None:
    assert all(page.ids.count("main") == 1 and page.links[0] == "#main" for page in pages.values())
    assert all({"lang", "charset"} <= page.attributes for page in pages.values())


def test_each_article_story_and_source_has_its_page(night: Path, pages: dict[str, Page]) -> None:
    rows = list(find_revision(night).rows("scores"))
    assert {article_page(row["article"]) for row in rows} <= pages.keys()
    assert sum(path.startswith("articles/") for path in pages) == len(rows)
    assert sum(path.startswith("stories/") for path in pages) == len({row["story"] for row in rows})
    assert sum(path.startswith("sources/") for path in pages) == len({row["source"] for row in rows})


def test_the_quarantine_page_names_what_could_not_be_read(pages: dict[str, Page]) -> None:
    assert "json.syntax" in pages["quarantine.html"].text


def test_page_explain_and_report_agree_to_the_hundredth(night: Path, pages: dict[str, Page]) -> None:
    revision = find_revision(night)
    assert any(row["score"] is not None for row in revision.rows("scores"))
    for row in revision.rows("scores"):
        score = revision.report(row["article"])["score"]
        assert score["value"] == row["score"]
        if row["score"] is None:
            continue
        page = pages[article_page(row["article"])].text
        assert f"{hundredths(row['score'])} of 100" in " ".join(page.split())
        assert all(points_text(float(step.points)) in page and f"{step.after}" in page for step in waterfall(score))


def test_pages_and_explain_say_by_which_rule_articles_are_one_origin_and_what_they_share(tmp_path: Path) -> None:
    rows = articles(1)
    copy = rows[0] | {"id": "copy", "source": "Evening Lantern", "url": "https://lantern.example/1"}
    longer = rows[1] | {"id": "longer", "text": f"{rows[1]['text']} More is expected on Friday."}
    dump = write_jsonl(tmp_path / "dump.jsonl", [*rows, copy, longer])
    built = run_task("BuildSite", "--dump", str(dump), "--output", "out", "--date", NIGHT, cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    revision = find_revision(tmp_path / "out")
    (tie,) = revision.report("copy")["story"]["same_origin"]
    assert (tie["article"], tie["rule"]) == (rows[0]["id"], "origin.equal-text")
    made = pages_of(revision.folder.with_name(f"{revision.fingerprint}-site"))
    (story,) = [" ".join(page.text.split()) for path, page in made.items() if path.startswith("stories/")]
    assert f"equal texts: “{tie['shared'][:40]}" in story
    assert "one canonical address (harbour-post.example/0)" in story
    assert "equal texts: “" in " ".join(made[article_page("copy")].text.split())
    told = " ".join(twosource("explain", "copy", "--output", "out", cwd=tmp_path).stdout.split())
    assert f"One origin with {rows[0]['id']}: equal texts: “{tie['shared'][:40]}" in told


def test_a_waterfall_ends_at_the_score(night: Path) -> None:
    revision = find_revision(night)
    scores = [revision.report(row["article"])["score"] for row in revision.rows("scores")]
    falls = [(score, steps) for score in scores if (steps := waterfall(score, shown=3))]
    assert falls
    for score, steps in falls:
        assert steps[-1].after == Decimal(repr(score["value"]))
        assert 100 + sum(step.points for step in steps) == steps[-1].after


def test_building_again_does_nothing_and_says_so(night: Path) -> None:
    again = run_task("BuildSite", "--dump", "../dump", "--output", ".", "--date", NIGHT, cwd=night)
    assert (again.returncode, "nothing to do" in again.stdout) == (0, True)


def test_a_site_is_no_part_of_the_receipt_and_validates(night: Path) -> None:
    assert twosource("validate", str(night)).returncode == 0


def test_a_night_held_against_another_shows_its_words_and_links_nothing_that_is_not_there(tmp_path: Path) -> None:
    for night, ids in (("2025-10-16", "013"), ("2025-10-17", "24")):
        for path in (ROOT / "seeds").iterdir():
            if path.name[2] in ids:
                copy = tmp_path / night / path.name
                copy.parent.mkdir(exist_ok=True)
                copy.write_bytes(path.read_bytes())
        built = run_task("BuildSite", "--dump", night, "--output", "out", "--date", night, cwd=tmp_path)
        assert built.returncode == 0, built.stderr
    revision = find_revision(tmp_path / "out")
    made = pages_of(revision.folder.with_name(f"{revision.fingerprint}-site"))
    assert "(night of 2025-10-16)" in made[article_page("002_cedar")].text
    assert "Speaking in Vienna, Katarina Holmqvist said" in made[article_page("002_cedar")].text
    assert "confirmed by the night of 2025-10-17" in " ".join(made["index.html"].text.split())
    assert {link for page in made.values() for link in page.links if "alder" in link} == set()
    assert "of the night of 2025-10-16" in twosource("explain", "002_cedar", "--output", "out", cwd=tmp_path).stdout
    again = run_task("BuildSite", "--dump", "2025-10-16", "--output", "out", "--date", "2025-10-16", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    older = find_revision(tmp_path / "out", "2025-10-16")
    page = pages_of(older.folder.with_name(f"{older.fingerprint}-site"))[article_page("000_alder")]
    assert "Scored again by the night of 2025-10-17" in page.text


def test_a_missing_dump_ends_with_20(tmp_path: Path) -> None:
    assert run_task("BuildSite", "--dump", "nowhere", "--output", "out", cwd=tmp_path).returncode == 20


def test_two_sites_of_one_night_are_byte_identical(night: Path, site: Path, tmp_path: Path) -> None:
    assert twosource("site", str(night), "--output", str(tmp_path / "again")).returncode == 0
    without_data = re.compile(rb'<li><a href="[^"]*">the report as JSON</a></li>')
    for path in site.rglob("*.html"):
        again = tmp_path / "again" / path.relative_to(site)
        assert without_data.sub(b"", path.read_bytes()) == again.read_bytes()


def test_a_folder_that_holds_something_else_is_left_alone(night: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert twosource("site", str(night), "--output", str(tmp_path)).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_quotes_show_no_more_than_claims_and_evidence_and_none_not_even_these(tmp_path: Path) -> None:
    scored(write_jsonl(tmp_path / "dump.jsonl", articles(3)), tmp_path / "out", cwd=tmp_path)
    reports = [find_revision(tmp_path / "out").report(row) for row in find_revision(tmp_path / "out").report_of]
    for mode in ("quotes", "none"):
        assert (
            twosource("site", str(tmp_path / "out"), "--text", mode, "--output", str(tmp_path / mode)).returncode == 0
        )
        shown = " ".join(" ".join(page.text.split()) for page in pages_of(tmp_path / mode).values())
        for report in reports:
            assert not any(words in shown for words in _outside_claims(report))
        told = [claim["span"]["text"] for report in reports for claim in report["claims"] if claim["kind"] == "quote"]
        assert told
        assert all((words in shown) == (mode == "quotes") for words in told)


def _outside_claims(report: dict[str, Any]) -> Iterator[str]:
    """Yield stretches of eight words of the body that are not inside a claim."""
    text = report["article"]["text"]
    spans = [(claim["span"]["start"], claim["span"]["end"]) for claim in report["claims"]]
    body = text.partition("\n\n")[2]
    words = [
        (match.start() + len(text) - len(body), match.end() + len(text) - len(body))
        for match in re.finditer(r"\S+", body)
    ]
    for (start, _), (_, end) in zip(words, words[7:], strict=False):
        if not any(low <= start and end <= high for low, high in spans):
            yield " ".join(text[start:end].split())


def test_the_receipt_says_how_much_text_is_shown(site: Path) -> None:
    assert json.loads((site / "site.json").read_bytes())["text"] == "full"


def test_a_matter_that_others_give_otherwise_shows_their_words() -> None:
    row = {"article": "b", "source": None, "span": {"text": "134 people"}}
    claim = {"cost": "Worth 10 points.", "reason": "Nobody says so."}
    words = Passage("", "", "")
    evidence = (EvidenceView(row, words, VERDICTS["qualified"], None),)
    view = FindingView(1, claim, words, "135 people", VERDICTS["uncorroborated"], "matter", evidence)
    assert view.aside == "Worth 10 points. The other side: “134 people” (b)."

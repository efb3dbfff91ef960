"""Runs of `fetch` against a site: what is asked for, what becomes of it, what the next run remembers."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from index.archive import ArchiveReader
from index.authority.tables import Authority
from index.fetch.addresses import Place
from index.fetch.errors import FetchError
from index.fetch.memory import Memory
from index.fetch.target import Line, fetch
from index.fetch.visits import Visitor
from index.report import Report
from search.engines import open_engine
from search.errors import BadParameter
from search.settings import Settings
from tests.index.cli.conftest import PLAIN
from tests.index.fetch.site import Clock, Site, page, raw

Run = Callable[..., Report]

NOBODY = Authority((), (), ())
"""An authority without names: what is said matters little here, and to find names takes long."""

PROFILE = """name = "Ministry"
languages = ["en"]
zone = "Etc/GMT-2"
country = "place-xv"
hosts = ["valdria.example"]
titles = ['Spokes(?:person|man|woman)s? (?P<names>\\S.{1,80}?)[’]s? .*Press Briefing']
time_selectors = ["p.time"]
body_selectors = ["div.text"]
"""


def transcript(day: int, words: str = "It will begin on Friday.") -> str:
    """A page of a day in March."""
    text = PLAIN.replace("March 5", f"March {day}").replace("03-05", f"03-{day:02}").replace("kelp", f"kelp {day}")
    head, _, body = text.replace("It will begin on Friday.", words).partition("\n\n")
    time, _, body = body.partition("\n\n")
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n\n"))
    top = f'<html><title>{head}</title><h1>{head}</h1><p class="time">{time}</p>'
    return f'{top}<div class="text">{paragraphs}</div></html>'


def listing(*days: int) -> str:
    """A page with links to the transcripts of days, and to what is none."""
    links = "".join(f'<li><a href="/t{day}.html">{day}</a></li>' for day in days)
    return f'<html><a href="/">Home</a><ul class="list">{links}</ul><a href="https://elsewhere.example/t1.html">x</a></html>'


@pytest.fixture
def run(site: Site, clock: Clock, tmp_path: Path) -> Run:
    """Fetches into a home of the test's own; `keys` are more lines of the publisher's profile."""
    home = tmp_path / "home"

    def run(target: str = "xw-test", keys: str = "", **options: object) -> Report:
        (home / "publishers").mkdir(parents=True, exist_ok=True)
        own = f"private_hosts = ['{site.host}']\npages = ['{site.origin}/t\\d+\\.html']\n"
        lists = "" if "lists" in keys else f"lists = ['{site.origin}/list']\n"
        (home / "publishers" / "xw-test.toml").write_text(PROFILE + own + lists + keys, "utf-8")
        settings = Settings(home, {})
        engine = None if options.get("dry_run") else open_engine(settings.index)
        line = Line(pause=0.0, seconds=5.0, passing=clock.time)
        return fetch(target, settings, engine, NOBODY, line=line, **options)  # type: ignore[arg-type]

    return run


def fates(report: Report) -> dict[str, str]:
    """What became of each address, by its path."""
    return {f"/{row.file.split('/', 3)[3]}": row.outcome for row in report.rows}


def codes(report: Report) -> list[str]:
    """The problems that are no doubts about a text."""
    texts = {"unknown-label", "unknown-speaker", "short-briefing"}
    return [p.code for row in report.rows for p in row.problems if p.code not in texts]


def test_a_list_leads_to_transcripts(site: Site, run: Run, tmp_path: Path) -> None:
    """What the profile allows on it is fetched and added under its address; nothing else is asked for."""
    site.pages |= {"/list": page(listing(5, 6)), "/t5.html": page(transcript(5)), "/t6.html": page(transcript(6))}
    report = run()
    assert fates(report) == {"/t5.html": "added", "/t6.html": "added"}
    assert report.exit_status == 0
    assert site.asked == ["/robots.txt", "/list", "/t5.html", "/t6.html"]
    with ArchiveReader.read(tmp_path / "home" / "archive.sqlite3") as archive:
        (reading,) = archive.readings("xw-test/en/2024-03-05")
    assert reading.briefing.url == f"{site.origin}/t5.html"


def test_a_quiet_night_is_well(site: Site, run: Run, clock: Clock) -> None:
    """The same list again is no problem; nothing that was on it from the beginning is asked for again."""
    site.pages |= {"/list": page(listing(5), ETag='"1"'), "/t5.html": page(transcript(5))}
    run()
    site.asked.clear()
    clock.at += timedelta(days=1)
    report = run()
    assert (report.rows, report.exit_status) == ((), 0)
    assert site.asked == ["/robots.txt", "/list"]
    assert site.headers[-1]["If-None-Match"] == '"1"'


def test_what_is_new_is_watched_for_corrections(site: Site, run: Run, clock: Clock) -> None:
    """For two weeks, by conditional requests; a corrected page becomes a revision."""
    site.pages |= {"/list": page(listing(5)), "/t5.html": page(transcript(5))}
    run()
    site.pages |= {"/list": page(listing(6, 5)), "/t6.html": page(transcript(6), ETag='"a"')}
    clock.at += timedelta(days=1)
    assert fates(run()) == {"/t6.html": "added"}
    clock.at += timedelta(days=1)
    assert fates(run()) == {"/t6.html": "unchanged"}
    assert site.headers[-1]["If-None-Match"] == '"a"'
    site.pages["/t6.html"] = page(transcript(6, "It will begin on Monday."), ETag='"b"')
    assert fates(run()) == {"/t6.html": "corrected"}
    clock.at += timedelta(days=20)
    assert fates(run()) == {}


def test_a_list_that_lost_its_links_is_a_problem(site: Site, run: Run) -> None:
    """A new layout, or an error page with status 200, is one: exit status 1, and how many transcripts there were."""
    site.pages |= {"/list": page(listing(5)), "/t5.html": page(transcript(5))}
    run()
    site.pages["/list"] = page("<html><h1>Our new site!</h1></html>")
    report = run()
    assert (codes(report), report.exit_status) == (["list-empty"], 1)
    assert "there were 1 the last time" in report.rows[0].problems[0].message


def test_a_list_without_news_for_a_month_is_a_problem(site: Site, run: Run, clock: Clock) -> None:
    """A quiet week is none."""
    site.pages |= {"/list": page(listing(5)), "/t5.html": page(transcript(5))}
    run()
    clock.at += timedelta(days=29)
    assert codes(run()) == []
    clock.at += timedelta(days=2)
    report = run()
    assert (codes(report), report.exit_status) == (["list-quiet"], 1)


def test_an_error_page_does_not_become_the_record(site: Site, run: Run, clock: Clock, tmp_path: Path) -> None:
    """With status 200 in place of a known page it is refused or held, and what was there stays; so is a new one."""
    site.pages |= {"/list": page(listing(5)), "/t5.html": page(transcript(5))}
    run()
    site.pages |= {"/list": page(listing(6, 5)), "/t6.html": page(transcript(6))}
    run()
    sorry = "<html><title>Sorry</title><div class='text'><p>We are busy, please come back later on.</p></div></html>"
    site.pages |= {"/t6.html": page(sorry), "/t7.html": page(sorry), "/list": page(listing(7, 6, 5))}
    clock.at += timedelta(days=1)
    report = run()
    assert fates(report) == {"/t7.html": "refused", "/t6.html": "refused"}
    assert report.exit_status == 1
    with ArchiveReader.read(tmp_path / "home" / "archive.sqlite3") as archive:
        assert archive.ids() == ("xw-test/en/2024-03-05", "xw-test/en/2024-03-06")
    again = run()
    assert (again.exit_status, codes(again)) == (0, ["refused-before", "refused-before"])
    site.pages |= {"/t7.html": page(transcript(7)), "/t6.html": page(transcript(6))}
    assert fates(run()) == {"/t7.html": "added", "/t6.html": "unchanged"}


def test_what_was_refused_is_tried_again_when_the_profile_is_put_right(site: Site, run: Run, clock: Clock) -> None:
    """Whole, whatever was known of it and however long ago; so is a page that a librarian names."""
    site.pages |= {"/list": page(listing(5)), "/t5.html": page(transcript(5), ETag='"a"')}
    wrong, right = "drop_selectors = ['div.text p']\n", "drop_selectors = ['aside']\n"
    assert fates(run(keys=wrong)) == {"/t5.html": "refused"}
    clock.at += timedelta(days=20)
    assert fates(run(keys=wrong)) == {}
    assert fates(run(f"{site.origin}/t5.html", keys=wrong)) == {"/t5.html": "refused"}
    assert fates(run(keys=right)) == {"/t5.html": "added"}
    assert "If-None-Match" not in site.headers[-1]


def test_half_a_page_does_not_become_the_record(site: Site, run: Run) -> None:
    """A known page of which less comes is held; one whose answer is cut off is asked for again the next time."""
    site.pages |= {"/list": page(listing(5)), "/t5.html": page(transcript(5))}
    run()
    site.pages |= {"/list": page(listing(6, 5)), "/t6.html": page(transcript(6))}
    run()
    site.pages["/t6.html"] = page(transcript(6).partition("<p>Northern Wire")[0])
    assert fates(run()) == {"/t6.html": "held"}
    site.pages |= {
        "/list": page(listing(7, 6, 5)),
        "/t7.html": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<html>"),
    }
    assert fates(run())["/t7.html"] == "refused"
    site.pages["/t7.html"] = page(transcript(7))
    assert fates(run())["/t7.html"] == "added"


def test_one_bad_page_does_not_keep_the_others_out(site: Site, run: Run) -> None:
    """What is gone, no page, or empty is a line each; the exit status is 1, once."""
    site.pages |= {
        "/list": page(listing(1, 2, 3, 5)),
        "/t2.html": page(b"%PDF-1.7", type="application/pdf"),
        "/t3.html": page(b" \n"),
        "/t5.html": page(transcript(5)),
    }
    report = run()
    assert fates(report) == {"/t1.html": "refused", "/t2.html": "refused", "/t3.html": "refused", "/t5.html": "added"}
    assert report.exit_status == 1
    again = run()
    assert set(fates(again).values()) == {"unchanged"}
    assert again.exit_status == 0


def test_a_page_that_the_publisher_takes_away_stays(site: Site, run: Run) -> None:
    """A note says that it is gone; the briefing is the librarian's to remove."""
    site.pages |= {"/list": page(listing(5)), "/t5.html": page(transcript(5))}
    run()
    site.pages |= {"/list": page(listing(6, 5)), "/t6.html": page(transcript(6))}
    run()
    site.pages["/t6.html"] = page("gone", 410)
    report = run()
    assert (codes(report), report.exit_status) == (["page-gone"], 0)


def test_a_run_that_was_cut_short_is_taken_up(site: Site, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found and not fetched is fetched by the next run, although no list names it any more; nothing twice."""
    site.pages |= {"/list": page(listing(*range(1, 6)))} | {f"/t{n}.html": page(transcript(n)) for n in range(1, 6)}
    monkeypatch.setattr("index.fetch.harvest.BATCH", 2)

    def stop(_visitor: Visitor, place: Place) -> None:
        if "t4" in place.url:
            raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(Visitor, "_wait", stop)
        with pytest.raises(KeyboardInterrupt):
            run()
    site.pages["/list"] = page(listing(1))
    site.asked.clear()
    assert fates(run()) == {"/t3.html": "added", "/t4.html": "added", "/t5.html": "added"}
    assert site.asked == ["/robots.txt", "/list", "/t3.html", "/t4.html", "/t5.html"]


def test_a_list_goes_on_over_pages(site: Site, run: Run) -> None:
    """The first time to its end, later until there is nothing new; if a page fails, all is left for the next run."""
    more = 'link_selectors = ["ul.list"]\nnext_selectors = ["a.next"]\n'
    go = '<a class="next" href="/list-{}">next</a>'
    site.pages |= {"/list": page(listing(6) + go.format(2)), "/list-2": page("broken", 404)}
    site.pages |= {f"/t{n}.html": page(transcript(n)) for n in range(4, 8)}
    report = run(keys=more)
    assert (codes(report), site.asked[-1]) == (["list-failed"], "/list-2")
    site.pages |= {"/list-2": page(listing(5) + go.format(3)), "/list-3": page(listing(4) + go.format(2))}
    assert set(fates(run(keys=more))) >= {"/t4.html", "/t5.html", "/t6.html"}
    site.asked.clear()
    site.pages["/list"] = page(listing(7, 6) + go.format(2))
    assert fates(run(keys=more)) == {"/t7.html": "added"}
    assert site.asked == ["/robots.txt", "/list", "/list-2", "/t7.html"]


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link href="{0}/"/>
<entry><link rel="self" href="{0}/e"/><link href="{0}/t5.html"/><updated>2024-03-05</updated></entry></feed>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><link>{0}/</link>
<item><link>{0}/t5.html</link><pubDate>Tue, 05 Mar 2024</pubDate></item></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{0}/t5.html</loc><lastmod>2024-03-05</lastmod></url><url><loc>{0}/other</loc></url></urlset>"""
SITEMAPS = """<sitemapindex><sitemap><loc>{0}/part.xml.gz</loc></sitemap>
<sitemap><loc>https://elsewhere.example/a.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize("feed", [ATOM, RSS, SITEMAP])
def test_a_feed_or_a_sitemap_is_a_list(site: Site, run: Run, feed: str) -> None:
    """Atom, RSS and sitemaps lead to transcripts; a page that they say has changed is asked for again, however old."""
    site.pages |= {"/list": page(feed.format(site.origin), type="application/xml"), "/t5.html": page(transcript(5))}
    assert fates(run()) == {"/t5.html": "added"}
    assert fates(run()) == {}
    newer = feed.format(site.origin).replace("2024-03-05", "2024-03-06").replace("05 Mar", "06 Mar")
    site.pages["/list"] = page(newer, type="application/xml")
    assert fates(run()) == {"/t5.html": "unchanged"}


def test_a_sitemap_in_parts_is_followed(site: Site, run: Run) -> None:
    """Packed parts are read; one on another host is a problem, and the rest is fetched."""
    site.pages |= {
        "/list": page(SITEMAPS.format(site.origin), type="application/xml"),
        "/part.xml.gz": page(gzip.compress(SITEMAP.format(site.origin).encode()), type="application/gzip"),
        "/t5.html": page(transcript(5)),
    }
    report = run()
    assert fates(report) == {"/list": "refused", "/t5.html": "added"}
    assert codes(report) == ["list-failed"]


def test_a_rehearsal_keeps_nothing(site: Site, run: Run, tmp_path: Path) -> None:
    """`--dry-run` reads the lists and says what would be fetched; the home stays as it was."""
    site.pages |= {"/list": page(listing(5, 6)), "/t5.html": page(transcript(5))}
    report = run(dry_run=True)
    assert fates(report) == {"/t5.html": "found", "/t6.html": "found"}
    assert site.asked == ["/robots.txt", "/list"]
    assert [p.name for p in (tmp_path / "home").iterdir()] == ["publishers"]


def test_one_address_can_be_fetched(site: Site, run: Run) -> None:
    """A transcript's; a list's, whether or not the profile names it; not what is on no allow-list."""
    site.pages |= {"/t5.html": page(transcript(5)), "/t6.html": page(transcript(6))}
    site.pages["/other.xml"] = page(SITEMAP.format(site.origin).replace("t5", "t6"), type="text/xml")
    assert fates(run(f"{site.origin}/t5.html")) == {"/t5.html": "added"}
    assert fates(run(f"{site.origin}/other.xml")) == {"/t6.html": "added"}
    for url in (f"{site.origin}/page", "http://127.0.0.1:9/t5.html", "https://elsewhere.example/", "http://a b/"):
        with pytest.raises(FetchError):
            run(url)
    assert "/page" not in site.asked


def test_a_profile_without_lists_says_what_to_do(run: Run) -> None:
    """So does a publisher that nobody knows."""
    with pytest.raises(BadParameter, match="names no list"):
        run("cn-mfa")
    with pytest.raises(BadParameter, match="no publisher 'xx'"):
        run("xx")


def test_two_runs_do_not_meet(run: Run, site: Site, tmp_path: Path) -> None:
    """Who fetches into a home keeps others from doing the same, and is told of as such."""
    site.pages["/list"] = page(listing(5))
    with Memory.open(tmp_path / "home"), pytest.raises(FetchError, match="somebody else is fetching"):
        run()

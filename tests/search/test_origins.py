"""Partner origins: what the setting may say, and that nothing which only looks like a listed origin is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import SettingsError
from search.origins import read_origins
from search.settings import read_settings

LISTED = (
    "https://news.example https://*.daily.example, http://localhost:3000 https://xn--bcher-kva.example http://[::1]"
)
ORIGINS = read_origins(LISTED)


def test_unset_admits_anybody() -> None:
    """Without the setting any origin is admitted, a page without one as well; nobody is named as a source."""
    origins = read_origins(None)
    assert origins.anybody
    assert origins.admits("https://anything.example")
    assert origins.admits("null")
    assert origins.sources == ()


@pytest.mark.parametrize(
    "origin",
    [
        "https://news.example",
        "https://www.daily.example",
        "https://a.b.daily.example",
        "https://xn--n3h.daily.example",
        "http://localhost:3000",
        "https://xn--bcher-kva.example",
        "http://[::1]",
    ],
)
def test_listed_origin_is_admitted(origin: str) -> None:
    """An origin of the list is admitted, and of a pattern any sub-domain."""
    assert ORIGINS.admits(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "*",
        "http://news.example",  # another scheme
        "https://news.example:443",  # no browser writes the port that goes without saying
        "https://news.example:8443",
        "https://news.example.",  # another host, by its dot
        "https://NEWS.example",
        "HTTPS://news.example",
        "https://news.example/",
        "https://news.example ",
        " https://news.example",
        "https://news.example\n",
        "https://news.example.evil.example",
        "https://evilnews.example",
        "https://evil.news.example",  # listed without a pattern
        "https://news.example@evil.example",
        "https://evil.example#https://news.example",
        "https://evil.example/?https://news.example",
        "https://news.example, https://evil.example",
        "https://news.example https://evil.example",
        "https://daily.example",  # a pattern is for sub-domains
        "https://evildaily.example",
        "https://.daily.example",
        "https://a..daily.example",
        "https://-a.daily.example",
        "https://*.daily.example",
        "https://a.daily.example.",
        "https://a.daily.example:444",
        "http://a.daily.example",
        "https://a.daily.example.evil.example",
        "https://evil.example/.daily.example",
        "https://evil.example?.daily.example",
        "https://evil.example#.daily.example",
        "https://evil.example\\.daily.example",
        "https://user@a.daily.example",
        "https://evil.example:80.daily.example",
        "https://a%2edaily.example",
        "https://aXdaily.example",
        "https://a.dailyXexample",
        "https://а.daily.example",  # a Cyrillic letter, as no browser writes it
        "https://bücher.example",
        "http://localhost",
        "http://localhost:30000",
        "http://127.0.0.1:3000",
        "http://[::2]",
    ],
)  # fmt: skip
def test_look_alike_is_not_admitted(origin: str) -> None:
    """Whatever differs from a listed origin by a letter, a port, a case, a dot, or is longer, is not admitted."""
    assert not ORIGINS.admits(origin)


@given(st.sampled_from(ORIGINS.sources), st.text(max_size=12), st.text(max_size=12))
def test_nothing_around_an_origin_is_admitted(source: str, before: str, after: str) -> None:
    """A listed origin with something before or behind it is admitted only if that is nothing."""
    origin = source.replace("*.", "www.")
    assert ORIGINS.admits(f"{before}{origin}{after}") == (not before and not after)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (" , ", "empty"),
        ("*", "leave the setting out"),
        ("null", "sandboxed"),
        ("news.example", "does not begin with https://"),
        ("ftp://news.example", "does not begin with https://"),
        ("//news.example", "does not begin with https://"),
        ("https://", "is no origin"),
        ("https://news.example/", "write https://news.example"),
        ("https://news.example/path", "write https://news.example"),
        ("https://News.example", "write https://news.example"),
        ("https://bücher.example", "xn--"),
        ("https://news.example.", "is no origin"),
        ("https://user@news.example", "names a user"),
        ("https://news.example:443", "leave out the port"),
        ("http://news.example:80", "leave out the port"),
        ("https://news.example:99999", "none is above 65535"),
        ("https://news.example:0", "is no origin"),
        ("https://*", "elsewhere"),
        ("https://*.example", "too much"),
        ("https://*.1.2.3.4", "too much"),
        ("https://www.*.example", "elsewhere"),
        ("https://*news.example", "elsewhere"),
        ("https://*.*.example", "elsewhere"),
        ("https://news.example:*", "elsewhere"),
        ("http://127.1", "no address as browsers write it"),
        ("http://0x7f.1", "no address as browsers write it"),
        ("http://[0:0:0:0:0:0:0:1]", "no address as browsers write it"),
        ("https://a.example https://b.example/", "https://b.example/ has a path"),
        ("javascript:alert(1)", "does not begin with https://"),
        ("https://a.example;https://b.example", "path"),
        ("https://a.example;sandbox", "is no origin"),
        ("https://a.example'self'", "is no origin"),
    ],
)
def test_what_is_no_origin_is_refused(text: str, said: str) -> None:
    """A value that no browser's origin could match is refused with the setting's name, the entry, and what to write."""
    with pytest.raises(SettingsError) as refused:
        read_origins(text)
    assert said in refused.value.message
    assert refused.value.where == "LECTERN_PARTNER_ORIGINS"
    assert refused.value.hint


def test_refused_when_settings_are_read(tmp_path: object) -> None:
    """A wrong value stops whatever reads the settings, before anything is served."""
    with pytest.raises(SettingsError, match="LECTERN_PARTNER_ORIGINS"):
        read_settings(tmp_path, {"LECTERN_PARTNER_ORIGINS": "news.example"})


def test_may_be_a_list_in_the_file(tmp_path: object) -> None:
    """In lectern.toml several origins may be a list."""
    (tmp_path / "lectern.toml").write_text('LECTERN_PARTNER_ORIGINS = ["https://a.example", "https://b.example"]\n')
    assert read_settings(tmp_path, {}).partners.sources == ("https://a.example", "https://b.example")


def test_the_list_is_bounded() -> None:
    """More origins than anybody can read are refused."""
    with pytest.raises(SettingsError, match="are the most"):
        read_origins(" ".join(f"https://a{n}.example" for n in range(1_001)))

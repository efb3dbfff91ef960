"""The Ministry of External Relations of Valdria, an invented republic: the samples and tests are its briefings."""

from index.parsers.profile import Profile

PROFILE = Profile(
    id="xv-mfa",
    name="Ministry of External Relations of Valdria",
    languages=("en",),
    zone="Etc/GMT-2",
    country="place-xv",
    hosts=("valdria.example",),
    titles=(r"Spokes(?:person|man|woman)s? (?P<names>\S.{1,80}?)\s?['\u2019]s? .*Press Briefing",),
    title_selectors=("div.content_mod h2.title", "div.news-title h1", "title"),
    time_selectors=("p.time > span",),
    body_selectors=("div.content_mod div.content", "#News_Body_Txt_A"),
    drop_selectors=("div.links", "div.tool"),
    offices=("Spokesperson", "Spokesman", "Spokeswoman", "Deputy Spokesperson", "Minister", "Mr.", "Ms."),
)

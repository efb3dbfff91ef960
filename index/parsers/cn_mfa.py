"""The Ministry of Foreign Affairs of China, whose transcripts are saved pages of 2018 and later, or plain text."""

from index.parsers.profile import Profile

PROFILE = Profile(
    id="cn-mfa",
    name="Ministry of Foreign Affairs of China",
    languages=("en",),
    zone="Asia/Shanghai",
    country="place-cn",
    hosts=("fmprc.gov.cn", "mfa.gov.cn"),
    titles=(
        r"Foreign Ministry Spokes\w+ (?P<names>\S.{1,80}?)\s?['\u2019]s? .*(?:Conference|Briefing|Remarks)",
        r"外交部发言人(?P<names>.{2,12}?)(?:主持|答|就)",
    ),
    title_selectors=(
        "div.content_mod h2.title",
        "#News_Body_Title",
        "div.news-title h1",
        "div.content_tit h1",
        "title",
    ),
    time_selectors=("#News_Body_Time", "p.time > span", ".xltime", "meta[name=PubDate]@content"),
    body_selectors=("div.content_mod div.content", "#News_Body_Txt_A", "div.content_text"),
    drop_selectors=("div.links", "div.tool", "#Appendix_article", "#id_RelNewsList"),
    offices=("Foreign Ministry Spokesperson", "Spokesperson", "Spokesman", "Spokeswoman", "Mr.", "Ms.", "Mr", "Ms"),
)

"""The guide: every example of it gives, without a remark, the tree that its words promise."""

import pytest

from search.guide import CHAPTERS
from search.query import All, Fuzzy, Near, Prefix, Query, Run, Scope, Term, Wildcard, all_of, any_of, none_of
from search.schema import SCOPES
from search.syntax import parse_query
from tests.search.test_syntax import FERRY, QUOTA, days, phrase, within

CABLE, KELP, NORWAY = map(Term, ("cable", "kelp", "Norway"))
MEANT = {
    "ferry quotas": all_of(FERRY, Term("quotas")),
    '"ferry quotas"': phrase("ferry quotas"),
    '"quota"': phrase("quota"),
    "ferry -quota": all_of(FERRY, none_of(QUOTA)),
    "ferry NOT quota": all_of(FERRY, none_of(QUOTA)),
    "ferry OR cable": any_of(FERRY, CABLE),
    "ferry OR cable kelp": any_of(FERRY, all_of(CABLE, KELP)),
    "(ferry OR cable) Norway": all_of(any_of(FERRY, CABLE), NORWAY),
    "sanction*": Prefix("sanction"),
    "organi?ation": Wildcard("organi?ation"),
    "Saltzburg~": Fuzzy("Saltzburg"),
    '"ferry Norway"~5': Near(("ferry", "Norway"), 5),
    "US": Term("US"),
    "U.S.": Term("U.S."),
    "q:kelp": Scope("question", KELP),
    "a:kelp": Scope("answer", KELP),
    "q:kelp -a:kelp": all_of(Scope("question", KELP), none_of(Scope("answer", KELP))),
    'a:"ferry quotas"': Scope("answer", phrase("ferry quotas")),
    "q:(ferry OR cable)": Scope("question", any_of(FERRY, CABLE)),
    "title:fisheries": Scope("title", Term("fisheries")),
    'speaker:"Ilsa Verlaine"': within("speaker", "Ilsa Verlaine"),
    "outlet:VANA": within("outlet", "VANA"),
    "entity:Norway": within("entity", "Norway"),
    "within:Norway": within("within", "Norway"),
    "about:Norway": within("about", "Norway"),
    "publisher:xv-mfa": within("publisher", "xv-mfa"),
    "lang:en": within("language", "en"),
    "lang:Spanish": within("language", "Spanish"),
    "kind:statement": within("kind", "statement"),
    "outlet:(VANA OR AFP)": within("outlet", "VANA", "AFP"),
    'outlet:""': within("outlet", ""),
    '-outlet:""': none_of(within("outlet", "")),
    "id:xv-mfa/en/2024-03-04/7": within("id", "xv-mfa/en/2024-03-04/7"),
    "date:2024": days("2024-01-01", "2024-12-31"),
    "date:2024-02": days("2024-02-01", "2024-02-29"),
    "date:2024-02-08": days("2024-02-08", "2024-02-08"),
    "date:2023..2024-02-08": days("2023-01-01", "2024-02-08"),
    "date:2023..": days("2023-01-01", ""),
    "before:2024": days("", "2023-12-31"),
    "after:2024-02": days("2024-03-01", ""),
    "污染": phrase("污 染"),
    "核污染水": Run(tuple("核污染水")),
    '"核污染水"': phrase("核 污 染 水"),
    "“核污染水”": phrase("核 污 染 水"),
    "渡轮，恢复": all_of(phrase("渡 轮"), phrase("恢 复")),
    "outlet：路透社": within("outlet", "路透社"),
    "（渡轮　ＯＲ　海缆）": any_of(phrase("渡 轮"), phrase("海 缆")),
    "AT&T": phrase("AT T"),
    "12:30": phrase("12 30"),
    "one-China": phrase("one China"),
    "https://valdria.example/ferry": phrase("https valdria example ferry"),
    "ferry or cable": all_of(FERRY, Term("or"), CABLE),
    "NEAR": Term("NEAR"),
    "*": All(),
}
TYPED = [typed for chapter in CHAPTERS for rule in chapter.rules for typed in rule.typed]


def test_every_example_has_its_tree() -> None:
    """The table above is the guide's, each example once."""
    assert list(MEANT) == TYPED


@pytest.mark.parametrize(("typed", "tree"), MEANT.items())
def test_an_example_means_what_the_guide_says(typed: str, tree: Query) -> None:
    """The tree, without a remark."""
    assert parse_query(typed, strict=True).query == tree


def test_every_scope_is_shown() -> None:
    """Every scope stands in an example, but for those that filters and links are made of."""
    shown = {typed.lstrip("-(").partition(":")[0] for typed in TYPED if ":" in typed}
    canonical = {field.scopes[0] for field in SCOPES.values()} | {"date", "before", "after"}
    assert canonical - shown == {"year", "month", "briefing", "wording"}

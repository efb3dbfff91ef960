"""What an index of a generation looks like: its fields, and the two analyzers that cut at our separators.

Texts are given as tokens (`search.opensearch.tokens`) and not kept; what is shown comes from `data`. The similarity is
a word's bare frequency: what it is worth is worked out in `search.opensearch.scoring`, alike on every shard.
"""

from typing import Any

from search.opensearch.address import Address
from search.opensearch.tokens import BETWEEN
from search.schema import KEYWORDS, SCHEMA_VERSION, TEXTS
from search.text import PASSAGE_GAP

Json = dict[str, Any]

FORMAT = f"{SCHEMA_VERSION}.1"
"""Written into every index: the schema's version, and that of what is below."""

TOKENS = "tokens"
"""The analyzer of what is indexed: a token at a place, with all its terms."""
TERMS = "terms"
"""The analyzer of what is asked: terms, one behind the other."""

MAX_HITS = 10_000
"""So far hits are counted off by the cluster; beyond, they are read in stretches."""

_SETTINGS: Json = {
    "refresh_interval": -1,  # who writes says when it can be seen
    "codec": "best_compression",
    "max_result_window": MAX_HITS,
    "analysis": {
        "tokenizer": {"by_space": {"type": "whitespace", "max_token_length": 30_000}},
        "filter": {
            "all_terms": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{BETWEEN}]+)"]}
        },
        "analyzer": {
            TOKENS: {"type": "custom", "tokenizer": "by_space", "filter": ["all_terms"]},
            TERMS: {"type": "custom", "tokenizer": "by_space"},
        },
    },
    "similarity": {"frequency": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}},
}

_KEYWORD: Json = {"type": "keyword"}
_NUMBER: Json = {"type": "integer"}
_KEPT: Json = {"type": "object", "enabled": False}
"""Of what is only given back."""


def mappings() -> Json:
    """The fields of an index."""
    text: Json = {
        "type": "text",
        "analyzer": TOKENS,
        "search_analyzer": TERMS,
        "similarity": "frequency",
        "norms": False,
        "position_increment_gap": PASSAGE_GAP,
    }
    own: Json = {
        "type": _KEYWORD,
        "born": _NUMBER,
        "died": _NUMBER,
        "key": _KEYWORD,
        "searched": {"type": "boolean"},
        "day": _NUMBER,
        "revision": _NUMBER,
        "received": _KEYWORD,
        "added": _KEYWORD,
        "answers": _NUMBER,
        "edition": _KEYWORD,
        "adjournments": _KEYWORD,
        "word": _KEYWORD,
        "data": _KEPT,
        "listed": _KEPT,
        "revisions": _KEPT,
        "state": _KEPT,
    }
    fields = {f.name: _KEYWORD for f in KEYWORDS} | {f.name: text for f in TEXTS}
    lengths = {length_of(f.name): _NUMBER for f in TEXTS}
    return {
        "_meta": {"format": FORMAT},
        "dynamic": "strict",
        "_source": {"excludes": [f.name for f in TEXTS]},
        "properties": own | fields | lengths,
    }


def length_of(field: str) -> str:
    """The name of the field that holds how many tokens a text has."""
    return f"{field}_length"


def settings(address: Address) -> Json:
    """The settings of a new index, without copies: they are made when it is filled."""
    return _SETTINGS | {"number_of_shards": address.shards, "number_of_replicas": 0}


def copies(address: Address) -> Json:
    """The settings that say how many copies a filled index has."""
    if address.replicas is None:
        return {"index.auto_expand_replicas": "0-1"}
    return {"index.number_of_replicas": address.replicas}


def template(address: Address) -> Json:
    """The template of all generations of a collection."""
    return {
        "index_patterns": [f"{prefix(address)}*"],
        "priority": 500,
        "version": SCHEMA_VERSION,
        "_meta": {"format": FORMAT},
        "template": {"settings": settings(address), "mappings": mappings()},
    }


def prefix(address: Address) -> str:
    """What the names of a collection's generations begin with."""
    return f"{address.name}-generation-"

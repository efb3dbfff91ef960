"""Which commit holds: one small record in each generation, read at every request.

A record of the collection says in which commit it came (`born`) and, once it is replaced or withdrawn, in which it went
(`died`). A change is written under the next number, which nobody reads, and holds from the instant at which this record
names it. Numbers of changes that were cut short are never used again: they are remembered as `aborted`.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

from search.errors import IndexIncompatible, IndexMissing
from search.opensearch.cluster import Cluster, Conflict, Unknown
from search.opensearch.mapping import FORMAT, prefix

Json = dict[str, Any]

RECORD = "commit"


@dataclass(frozen=True, slots=True)
class State:
    """What the record of a generation says.

    Attributes:
        commit: the number of the commit that holds.
        attempt: the number of the change that was begun last.
        aborted: numbers of changes that were begun and never held.
        sequence: the archive's sequence number that the index is up to.
        labels: the number of the labels that hold, 0 for none.
        briefings: how many there are.
        documents: how many searched documents.
        segments: into how many parts the index is divided.
        swept: the commit up to which what has gone may be deleted, and since when that is so (seconds).
        analysis: `search.stems.ANALYSIS` of the program that put all of it in; "" where that is not one, or not known.
        live_since: when the generation took its place last (seconds), 0 where it never did.
    """

    commit: int = 0
    attempt: int = 0
    aborted: tuple[int, ...] = ()
    sequence: int = 0
    labels: int = 0
    briefings: int = 0
    documents: int = 0
    segments: int = 1
    swept: tuple[int, float] = (0, 0.0)
    analysis: str = ""
    live_since: float = 0.0


@dataclass(frozen=True, slots=True)
class Commit:
    """One state of one generation, from which a request is answered.

    Attributes:
        index: the generation's index.
        state: what its record says.
        version: which writing of the record it was; another writer's makes ours a conflict.
    """

    index: str
    state: State
    version: tuple[int, int]

    @property
    def generation(self) -> int:
        """The generation's number."""
        return int(self.index.rpartition("-")[2])

    @property
    def key(self) -> tuple[str, int, tuple[int, ...]]:
        """What tells the collection that is seen from every other."""
        return self.index, self.state.commit, self.state.aborted

    def visible(self, *filters: Json, searched: bool = True) -> Json:
        """The query that finds what holds of this commit and passes `filters`; notes too, unless `searched`."""
        until: Json = {"range": {"died": {"lte": self.state.commit}}}
        gone: list[Json] = [until]
        if self.state.aborted:
            aborted = list(self.state.aborted)
            gone = [
                {"terms": {"born": aborted}},
                {"bool": {"filter": [until], "must_not": [{"terms": {"died": aborted}}]}},
            ]
        held: list[Json] = [{"range": {"born": {"lte": self.state.commit}}}, *filters]
        return {"bool": {"filter": [*held, *([{"term": {"searched": True}}] if searched else [])], "must_not": gone}}


def read_commit(cluster: Cluster, index: str | None = None) -> Commit:
    """The commit that holds now, of the live generation, else of `index`.

    Raises:
        IndexMissing: nothing was ever put in.
        IndexIncompatible: it was written by another version.
    """
    where = index or cluster.address.name
    try:
        found = cluster.ask("GET", f"{where}/_doc/{RECORD}")
    except Unknown as error:
        raise missing(cluster) from error
    held = found["_source"]["state"]
    if held["format"] != FORMAT or not found["_index"].startswith(prefix(cluster.address)):
        raise IndexIncompatible(
            "the index was written by another version",
            where=str(cluster.address),
            hint="build it anew: lectern rebuild",
        )
    fields: Json = {name: tuple(v) if isinstance(v, list) else v for name, v in held.items() if name != "format"}
    return Commit(found["_index"], State(**fields), (found["_seq_no"], found["_primary_term"]))


def missing(cluster: Cluster) -> IndexMissing:
    """What is raised where nothing was ever put in."""
    hint = "put something in, or build it from the archive: lectern rebuild"
    return IndexMissing("there is no index yet", where=str(cluster.address), hint=hint)


def write_commit(cluster: Cluster, commit: Commit, /, **changed: Any) -> Commit:  # noqa: ANN401 (as `replace` takes them)
    """The commit as it reads with these changes. Raises Conflict where somebody else has written since it was read."""
    number, term = commit.version
    return _put(cluster, commit.index, replace(commit.state, **changed), if_seq_no=number, if_primary_term=term)


def create_commit(cluster: Cluster, index: str, state: State) -> Commit:
    """The first commit of an index."""
    return _put(cluster, index, state, op_type="create")


def _put(cluster: Cluster, index: str, state: State, **params: Any) -> Commit:  # noqa: ANN401 (as `ask` takes them)
    body = {"type": RECORD, "state": asdict(state) | {"format": FORMAT}}
    try:
        written = cluster.ask("PUT", f"{index}/_doc/{RECORD}", body, **params)
    except Conflict:
        # A node that went before it could answer may have written: asked again, the next one finds our own record.
        found = read_commit(cluster, index)
        if found.state != state:
            raise
        return found
    return Commit(index, state, (written["_seq_no"], written["_primary_term"]))

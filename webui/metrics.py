"""What is counted while Lectern serves, in the form that Prometheus reads.

Here belong the names of the metrics and what they hold; the port at which they are told is `webui.served`'s. The one
decision: requests are told apart by endpoint, method and status, never by address or query, so that there is a bounded
number of series, and nothing in them that a reader typed. With several workers each counts into files of its own
(prometheus-client's multiprocess mode), and whichever is asked adds them up; what the index says is read when it is
asked for.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import wraps
from time import perf_counter, time
from typing import Any, cast

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from search.engine import Engine
from search.errors import LecternError
from webui.witness import Seen

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus-client's own variable: the folder of the workers' files."""
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds."""
UNTIMED = frozenset({"status", "labels", "close"})
"""What an engine has at hand: to look at it costs less than to note how long that took."""


class Meter:
    """Counts requests and times engines, for all workers together."""

    def __init__(self) -> None:
        self._own = CollectorRegistry()
        self._requests = Counter(
            "lectern_requests", "Requests answered.", ["endpoint", "method", "status"], registry=self._own
        )
        self._seconds = Histogram(
            "lectern_request_seconds",
            "From a request's arrival to its answer.",
            ["endpoint"],
            buckets=BUCKETS,
            registry=self._own,
        )
        self._engine = Histogram(
            "lectern_engine_seconds", "What the engine was busy with.", ["call"], buckets=BUCKETS, registry=self._own
        )
        self._errors = Counter("lectern_errors", "Errors answered, by their code.", ["code"], registry=self._own)

    def count(self, seen: Seen) -> None:
        """Count a request."""
        self._requests.labels(seen.endpoint, seen.method, f"{seen.status}").inc()
        self._seconds.labels(seen.endpoint).observe(seen.seconds)
        if seen.failure:
            self._errors.labels(seen.failure).inc()

    def time_call(self, name: str, seconds: float) -> None:
        """Note how long a call of the engine took."""
        self._engine.labels(name).observe(seconds)

    def registry(self, engine: Engine) -> CollectorRegistry:
        """All that is told: what all workers counted, and the state of the index."""
        if FOLDER in os.environ:
            told = CollectorRegistry()
            MultiProcessCollector(told)  # type: ignore[no-untyped-call]
        else:
            told = self._own
        told.register(IndexState(engine))
        return told


class IndexState(Collector):
    """The state of the index, read when it is asked for; `lectern_up` is 0 where it cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._look = engine

    def collect(self) -> Iterator[Metric]:
        """The metrics of the index."""
        try:
            state, coverage = self._look.status(), self._look.coverage()
        except LecternError:
            yield GaugeMetricFamily("lectern_up", "Whether the index can be read.", 0)
            return
        yield GaugeMetricFamily("lectern_up", "Whether the index can be read.", 1)
        yield GaugeMetricFamily("lectern_generation", "Number of the live generation.", state.generation)
        if state.live_since:
            age = time() - datetime.fromisoformat(state.live_since).timestamp()
            yield GaugeMetricFamily("lectern_generation_age_seconds", "Since it became the live one.", max(0.0, age))
        yield GaugeMetricFamily("lectern_sequence", "Change of the archive that the index is up to.", state.sequence)
        yield GaugeMetricFamily("lectern_documents", "Answers and statements that can be found.", state.documents)
        yield GaugeMetricFamily("lectern_segments", "Parts of the index.", state.segments)
        briefings = GaugeMetricFamily("lectern_briefings", "Briefings.", labels=["publisher", "language"])
        arrived = GaugeMetricFamily(
            "lectern_last_arrival_timestamp_seconds", "When the latest text arrived.", labels=["publisher", "language"]
        )
        for row in coverage:
            briefings.add_metric([row.publisher, row.language], row.briefings)
            arrived.add_metric([row.publisher, row.language], datetime.fromisoformat(row.added).timestamp())
        yield from (briefings, arrived)

    def describe(self) -> Iterable[Metric]:
        """Nothing: an index that cannot be read yet must not keep the server from starting."""
        return ()


def timed(engine: Engine, note: Callable[[str, float], None]) -> Engine:
    """An engine that does what `engine` does, and notes by name how long each call took."""
    return cast("Engine", _Timed(engine, note))


class _Timed:
    def __init__(self, engine: Engine, note: Callable[[str, float], None]) -> None:
        self._engine, self._note = engine, note

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever the engine has)
        call = getattr(self._engine, name)
        if name in UNTIMED:
            return call

        @wraps(call)
        def noted(*args: Any, **more: Any) -> Any:  # noqa: ANN401 (whatever the engine takes and gives)
            began = perf_counter()
            try:
                return call(*args, **more)
            finally:
                self._note(name, perf_counter() - began)

        setattr(self, name, noted)
        return noted

"""What gunicorn is to know of this application beyond its command line: limits, its log, what is shared, what is left.

gunicorn cuts off a request line at 8,190 bytes, with a bare page of its own. Ours answers 414 from there on, so lines
must reach it; a bound far above keeps a line without an end from being read for ever. The one decision: whatever
gunicorn has to say is said in our log's form, and its own log of requests, which names queries and readers, is off.
Counters of limits are made before the first worker is, and handed to each.
"""

import os
import shutil
from logging.config import dictConfig

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.http import message
from gunicorn.workers.gthread import ThreadWorker

from search.logs import log_config, log_plan
from search.settings import read_settings
from webui.counters import Counters

message.MAX_REQUEST_LINE = limit_request_line = 65_536
limit_request_field_size = 8_190
limit_request_fields = 100
worker_connections = 400
"""Of each worker: with two of them well below the 1,024 files that a process may have open where nobody says more."""


def on_starting(server: Arbiter) -> None:
    """Make what the workers share, before there are any."""
    server.counters = Counters()


def pre_fork(server: Arbiter, worker: ThreadWorker) -> None:
    """Hand it to a worker that is about to be."""
    worker.counters = server.counters


def post_worker_init(worker: ThreadWorker) -> None:
    """Let a worker's application count there."""
    worker.wsgi.extensions["lectern.quotas"].share(worker.counters)


class Log(Logger):  # type: ignore[misc]  # gunicorn has no type hints
    """gunicorn's log, as the setting `LECTERN_LOG` has it."""

    def setup(self, cfg: object) -> None:
        """Begin to log, or begin anew after a reload."""
        super().setup(cfg)
        dictConfig(log_config(log_plan(read_settings().values)))

    def access(self, *about: object) -> None:
        """Nothing: `webui.witness` has a line for each request."""


logger_class = Log


def on_exit(_server: object) -> None:
    """Remove the files into which workers counted."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder:
        shutil.rmtree(folder, ignore_errors=True)

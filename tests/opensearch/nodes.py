"""Real nodes of OpenSearch: fetched by Maven once, started in JVMs of their own, on this machine's loopback alone.

They have no TLS and no passwords; a test that is about these puts a proxy before a node.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
VERSIONS = {21: "3.8.0.0", 17: "2.19.1.0"}
"""The newest version that a Java of at least this version runs."""
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
HEAP = "768m"
START = 300
"""Seconds within which a node is ready."""


class Missing(Exception):
    """What it takes to start a node is not here; the message says what."""


def find_java() -> tuple[Path, int]:
    """The newest Java of this machine and its version. Raises Missing."""
    homes = [Path(home) for home in (os.environ.get("JAVA_HOME"),) if home]
    homes += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    programs = [home / "bin" / "java" for home in homes] + [Path(found) for found in [shutil.which("java")] if found]
    known = {java.resolve(): _java_version(java) for java in programs if java.is_file()}
    if not known or max(known.values()) < min(VERSIONS):
        raise Missing(f"there is no Java {min(VERSIONS)} or newer (JAVA_HOME, /usr/lib/jvm, PATH)")
    return max(known.items(), key=lambda pair: pair[1])


def _java_version(java: Path) -> int:
    told = subprocess.run([java, "-version"], check=False, capture_output=True, text=True).stderr
    match = re.search(r'version "(\d+)', told)
    return int(match[1]) if match else 0


def fetch_jars(java: Path, version: str) -> Path:
    """The folder of a version's jars; Maven fetches them where they are not yet. Raises Missing."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lectern"
    folder = cache / f"opensearch-{version}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("there is no Maven (mvn) to fetch OpenSearch with")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as fresh:
        command = [maven, "-B", "-q", "-ntp", "-f", str(HERE / "pom.xml"), f"-Drunner.version={version}", PLUGIN]
        options = ["-DincludeScope=runtime", f"-DoutputDirectory={fresh}/jars"]
        environ = os.environ | {"JAVA_HOME": str(java.parents[1])}
        done = subprocess.run([*command, *options], check=False, capture_output=True, text=True, env=environ)
        if done.returncode:
            raise Missing(f"Maven cannot fetch OpenSearch {version}: {done.stdout.strip()[:300]}")
        Path(fresh, "jars").rename(folder)
    return folder


def free_ports(many: int) -> list[int]:
    """Ports at which nobody listens just now."""
    sockets = [socket.socket() for _ in range(many)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


class Node:
    """One node in a process of its own."""

    def __init__(self, command: Sequence[str], folder: Path, port: int) -> None:
        self.port = port
        self._command, self._folder = command, folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to start it; see `wait`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "ready").unlink(missing_ok=True)
        with (self._folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> None:
        """Return when it is ready; raises RuntimeError with the end of its log where it never is."""
        assert self.process is not None
        until = time.monotonic() + START
        while not (self._folder / "ready").exists():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError((self._folder / "log").read_text("utf-8", "replace")[-2_000:])
            time.sleep(0.2)

    def kill(self) -> None:
        """End it, without a word."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            assert self.process.stdin
            self.process.stdin.close()


@contextmanager
def running_nodes(many: int) -> Iterator[list[Node]]:
    """So many nodes of one cluster, ready; gone at the end. Raises Missing."""
    java, version = find_java()
    runner = VERSIONS[max(v for v in VERSIONS if v <= version)]
    jars = fetch_jars(java, runner)
    memory = Path("/dev/shm")  # noqa: S108 (a folder with a random name is made in it)
    with tempfile.TemporaryDirectory(prefix="lectern-nodes-", dir=memory if memory.is_dir() else None) as folder:
        ports = free_ports(2 * many)
        seeds = ",".join(f"127.0.0.1:{port}" for port in ports[many:])
        nodes = [
            Node(
                [
                    *("nice", "-n", "5", str(java), "-Xms512m", f"-Xmx{HEAP}", "-Djava.awt.headless=true"),
                    *("-cp", f"{jars}/*", str(HERE / "OsNode.java")),
                    *(
                        f"{folder}/n{n}",
                        f"lectern-{ports[0]}",
                        f"n{n}",
                        str(ports[n]),
                        str(ports[many + n]),
                        seeds,
                        "n0",
                    ),
                ],
                Path(folder, f"n{n}"),
                ports[n],
            )
            for n in range(many)
        ]
        try:
            for node in nodes:
                node.start()
            for node in nodes:
                node.wait()
            yield nodes
        finally:
            for node in nodes:
                node.kill()

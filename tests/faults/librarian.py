"""A librarian whose commands are killed, and who remembers what has to be there all the same.

Here belongs what was promised: a command that ended with 0 or 1 has done all of its work for good; one that was killed
has done all of it for a briefing, or nothing.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from index.archive import ArchiveReader
from search.engine import Sort
from search.engines import open_engine
from search.settings import Settings
from tests.conftest import ROOT
from tests.index.arrivals import prose

STANDING = 12
"""So many briefings are there from the beginning, and nobody touches them."""
ANSWERS = 3
WORD = "kelp"
"""What answers of those say, and no others."""
FIRST = date(2010, 1, 1)
PLACE = "https://valdria.example/xw"


def id_of(n: int) -> str:
    """The id of the n-th briefing."""
    return f"xv-mfa/en/{FIRST + timedelta(days=n)}"


def standing_ids() -> list[str]:
    """The ids of the briefings that nobody touches."""
    return [id_of(n) for n in range(STANDING)]


def write_transcript(file: Path, n: int, mark: str) -> None:
    """A transcript of the n-th day, whose answers all end with `mark`."""
    day = FIRST + timedelta(days=n)
    head = f"Spokesperson Ilsa Verlaine\u2019s Regular Press Briefing on {day:%B} {day.day}, {day.year}"
    talk = [
        f"Harbour Post: {prose(f'{n}{k}?', 12)}?\n\nIlsa Verlaine: {prose(f'{n}{k}', 40)} in Norway, {mark}."
        for k in range(ANSWERS)
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join([head, f"{day} 15:30", *talk]) + "\n", "utf-8")


class Killed(Exception):
    """A command was killed, or ended with status 2, because one of its workers was, or the disk is full."""


class Librarian:
    """Gives commands about one home, by one process that starts all of them.

    Attributes:
        home: whose archive and index they are about.
        kills: how many commands, or workers of one, were killed.
        there: of each briefing that has to be there the texts it may have, newest last, by number.
        perhaps: numbers of briefings that may be there or not: their addition, removal or return was killed.
        gone: numbers of briefings that have to be gone.
    """

    def __init__(self, folder: Path, seed: int, home: Path | None = None) -> None:
        self.home = Settings(home or folder / "home", {})
        self.rng = random.Random(seed)
        self.kills = 0
        self.there: dict[int, list[str]] = {}
        self.perhaps: dict[int, list[str]] = {}
        self.gone: dict[int, list[str]] = {}
        self._folder = folder
        self._count = self._marks = 0
        self._output = folder / "output"

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.faults.victim"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.work("add", lambda: self.add(STANDING, WORD))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process as process:
            process.kill()

    # Commands

    def command(
        self, *arguments: str | Path, fault: str = "", workers: int = 1, meanwhile: Callable[[int], None] | None = None
    ) -> int:
        """Run a command to its end; its exit status.

        Args:
            arguments: of the command line.
            workers: how many processes it may start for each part of its work; none, if it is one.
            fault: what its process or a worker is armed for, see `tests.faults.steps`.
            meanwhile: is called with its process id while it runs.

        Raises:
            Killed: it was killed, or one of its workers.
        """
        assert self._process.stdin
        assert self._process.stdout
        words = ["--home", str(self.home.home), *map(str, arguments)]
        self._output.write_text("", "utf-8")
        asked = {"arguments": words, "fault": fault, "workers": workers, "output": str(self._output)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        child = int(self._process.stdout.readline())
        if meanwhile:
            meanwhile(child)
        status = int(self._process.stdout.readline())
        said = self._output.read_text("utf-8")
        assert "index/cli/__init__.py" not in said, (
            said
        )  # no traceback of the command's own; a worker cut off may have one
        if status in {-9, 2}:
            assert status == -9 or "\nlectern: " in f"\n{said}", said
            self.kills += status == -9 or "has died" in said
            raise Killed(said)
        assert status in {0, 1}, f"{words} ended with {status}: {said}"
        return status

    def said(self) -> str:
        """What the last command printed."""
        return self._output.read_text("utf-8")

    def work(self, kind: str, do: Callable[[], None] | None = None, **how: object) -> bool:
        """Do some work of a kind; whether it came to its end."""
        try:
            (do or {"add": self.add, "correct": self.correct, "remove": self.remove, "rebuild": self.rebuild}[kind])(
                **how
            )
        except Killed:
            return False
        return True

    def add(self, count: int = 0, word: str = "coral", **how: object) -> None:
        """Add briefings that are new, each with three answers."""
        numbers = range(self._count, self._count + (count or self.rng.choice((1, 2, 9))))
        self._count = numbers.stop
        folder = self._folder / f"pages{numbers.start}"
        texts = {n: self._write(folder / f"{id_of(n)[-10:]}.txt", n, word) for n in numbers}
        self.perhaps |= {n: [text] for n, text in texts.items()}
        lines = [f"{id_of(n)[-10:]}.txt\t{PLACE}/t{n}\t" for n in numbers]
        (folder / "index.tsv").write_text("\n".join(["file\turl\ttitle", *lines, ""]), "utf-8")
        self.command("add", folder, **how)  # type: ignore[arg-type]
        self.there |= {n: self.perhaps.pop(n) for n in numbers}

    def correct(self, **how: object) -> None:
        """Put another text in the place of one that is there."""
        n = self.rng.choice([n for n in self.there if n >= STANDING] or [self._one_more()])
        page = self._folder / f"correction{self._marks}-{n}.txt"
        self.there[n].append(self._write(page, n, "amended"))
        self.command("add", page, "--url", f"{PLACE}/t{n}", **how)  # type: ignore[arg-type]
        del self.there[n][:-1]

    def remove(self, **how: object) -> None:
        """Withdraw a briefing, or show one again."""
        undo = bool(self.gone) and self.rng.random() < 0.4
        kept = self.gone if undo else {n: texts for n, texts in self.there.items() if n >= STANDING}
        n = self.rng.choice([*kept] or [self._one_more()])
        self.perhaps[n] = (self.gone if undo else self.there).pop(n)
        words = ("--undo",) if undo else ("--reason", "by mistake")
        self.command("remove", id_of(n), *words, **how)  # type: ignore[arg-type]
        (self.there if undo else self.gone)[n] = self.perhaps.pop(n)

    def rebuild(self, **how: object) -> None:
        """Build a new generation."""
        self.command("rebuild", **how)  # type: ignore[arg-type]

    def _one_more(self) -> int:
        self.add(1)
        return self._count - 1

    def _write(self, file: Path, n: int, word: str) -> str:
        """A transcript of a day whose answers all end with words of their own; these words."""
        self._marks += 1
        mark = f"{word} mark{n}x{self._marks}"
        write_transcript(file, n, mark)
        return mark

    # What has to be true

    def heal(self) -> None:
        """One command, which makes good whatever was left undone; then all is as promised."""
        words: Sequence[str] = self.rng.choice(
            (("add",), ("rebuild", "--if-needed"), ("check", "--repair"), ("rebuild",))
        )
        if words == ("add",):
            self.add(1)
        else:
            assert self.command(*words) == 0
        assert self.command("check") == 0, self.said()
        self.assert_as_promised()

    def assert_as_promised(self) -> None:
        """Every briefing whose addition ended well is there, whole, once; what was removed is not."""
        engine = open_engine(self.home.index)
        counts = Counter(entry.document.id for entry in engine.everything(Sort.OLDEST))
        assert set(counts.values()) == {1}, "no item stands twice"
        listed = {one.id for one in engine.briefings()}
        assert {id_of(n) for n in self.there} <= listed
        assert not {id_of(n) for n in self.gone} & listed
        assert listed <= {id_of(n) for n in (*self.there, *self.perhaps)}
        for n, texts in (self.there | self.perhaps).items():
            if id_of(n) not in listed:
                continue
            items = engine.briefing(id_of(n)).items
            assert [item.n for item in items] == list(range(1, ANSWERS + 1))
            ends = {next((text for text in texts if f"{text}." in item.answer), "") for item in items}
            assert len(ends) == 1, "all of one text"
            assert "" not in ends
        with ArchiveReader.read(self.home.archive) as archive:
            assert set(archive.ids()) == listed
            assert archive.sequence() == engine.status().sequence
        engine.close()
        # From here on it is known what became of the work that was killed.
        for n in [*self.perhaps]:
            (self.there if id_of(n) in listed else self.gone)[n] = self.perhaps.pop(n)
        for n in [n for n in self.gone if n not in listed and not self._is_withdrawn(n)]:
            del self.gone[n]

    def _is_withdrawn(self, n: int) -> bool:
        with ArchiveReader.read(self.home.archive) as archive:
            return id_of(n) in archive.withdrawn()

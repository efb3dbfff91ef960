"""docs/serving.md and the Containerfile agree with the program."""

import re
import subprocess
import tomllib
from pathlib import Path

from index.cli import main
from search.engines import open_engine
from search.logs import FORMS, LEVELS, PRIVATE
from webui.metrics import Meter
from webui.witness import Seen

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "serving.md").read_text("utf-8")
IMAGE = (ROOT / "Containerfile").read_text("utf-8")


def test_every_metric_is_described(tmp_path: Path) -> None:
    """The table names what is told of an index, and nothing else."""
    open_engine(tmp_path).add([], sequence=1)
    meter = Meter()
    meter.count(Seen("pages.home", "GET", 404, 0.1, "not_found"))
    meter.time_call("find", 0.1)
    told = {metric.name for metric in meter.registry(open_engine(tmp_path)).collect()}
    table = PAGE.split("| metric | is |")[1].split("\n\n")[0]
    named = {name.removesuffix("_total") for name in re.findall(r"`(lectern_\w+)", table)}
    assert named == told


def test_every_word_of_the_log_is_described() -> None:
    """The table of words has those that the setting takes."""
    table = PAGE.split("| word | means |")[1].split("\n\n")[0]
    assert {*FORMS, *LEVELS, *PRIVATE} == set(re.findall(r"`(\w+)`", "".join(re.findall(r"(?m)^\| ([^|]+) \|", table))))


def test_the_image_is_made_of_what_is_there() -> None:
    """What is copied is in the tree, packages and all that the build needs; what it runs is a command of ours."""
    copied = {name for line in re.findall(r"(?m)^COPY (.+) \S+$", IMAGE) for name in line.split()}
    assert all((ROOT / name).exists() for name in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert copied >= {name.split(".")[0] for name in project["tool"]["setuptools"]["packages"]}
    assert copied >= {project["project"]["readme"], *project["project"]["license-files"]}
    command = re.search(r'(?m)^CMD \["(\w+)"', IMAGE)
    assert command
    assert command[1] in main.commands


def test_the_image_has_the_very_versions() -> None:
    """What the Containerfile makes of requirements.txt names one version of each package, and no digest."""
    words = re.search(r"(?m)^RUN sed -E '([^']+)' requirements.txt", IMAGE)
    assert words
    made = subprocess.run(
        ["sed", "-E", words[1], "requirements.txt"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    lines = [line for line in made.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line) for line in lines)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert {one.lower() for one in project["project"]["dependencies"]} <= {line.split(" ;")[0] for line in lines}

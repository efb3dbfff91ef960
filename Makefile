# The ways in. Every target makes what it needs first; none needs another one run before it.

.DEFAULT_GOAL := help
.PHONY: help install demo test test-fast test-opensearch test-all fault soak bench bench-scale bench-parse bench-ranking bench-relevance bench-entities bench-web bench-load bench-cluster lint messages screenshot widget

# A PYTHONPATH from outside could bring in another checkout's code; without compiled files each command of a test or a
# benchmark would compile all of ours once more, which takes a quarter of a second.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## the environment in .venv, with everything that running, testing and linting need
	@sh .ci/install

demo: install ## sample briefings, indexed and served in a home of the demo's own
	@.venv/bin/lectern demo

test: install ## unit, web and browser tests
	@$(PYTHON) -m tests.browser.chromium
	@$(PYTHON) -m pytest --numprocesses=auto --dist=worksteal

test-fast: install ## all of these but the browser tests
	@$(PYTHON) -m pytest --numprocesses=auto --dist=worksteal -m "not browser and not fault and not soak and not fuzz and not opensearch"

test-opensearch: install ## the OpenSearch engine against real nodes, which Maven fetches; LECTERN_TEST_OPENSEARCH_URL names a server
	@$(PYTHON) -m tests.opensearch.suite --numprocesses=auto --dist=worksteal

test-all: install ## every test there is, and 5,000 examples a property; no time limit
	@$(PYTHON) -m tests.browser.chromium
	@LECTERN_HYPOTHESIS=soak $(PYTHON) -m pytest -m "not opensearch"
	@LECTERN_HYPOTHESIS=soak $(PYTHON) -m tests.opensearch.suite

fault: install ## commands killed at every step, full disks, damaged files; takes a quarter of an hour
	@$(PYTHON) -m pytest -m fault

soak: install ## what only time shows: writers and readers side by side for minutes, real transcripts
	@$(PYTHON) -m pytest -m soak

bench: install ## how fast Lectern is beside tantivy, SQLite and plain Whoosh; invented briefings if real ones are not there
	@$(PYTHON) -m benchmarks.speed

bench-scale: install ## how Lectern grows, up to a million answers; takes long
	@$(PYTHON) -m benchmarks.scale

bench-parse: install ## how fast real transcripts are parsed; needs LECTERN_CORPUS, or shared/ beside the checkout
	@$(PYTHON) -m benchmarks.parse

bench-ranking: install ## how well known answers are ranked, and whether other numbers in the formula would do better
	@$(PYTHON) -m benchmarks.ranking

bench-relevance: install ## how often the right answer comes first, beside tantivy and SQLite as they come
	@$(PYTHON) -m benchmarks.relevance

bench-entities: install ## how well entities are found, against judged samples; needs LECTERN_CORPUS, or shared/ beside the checkout
	@$(PYTHON) -m benchmarks.entities

bench-web: install ## how long pages take beside their engine, and when they are kept; real briefings, or invented ones
	@$(PYTHON) -m benchmarks.web

bench-load: install ## two hundred readers for thirty seconds while the index is rebuilt under them; real briefings, or the samples
	@$(PYTHON) -m benchmarks.load

bench-cluster: install ## pages and rebuilds on an OpenSearch cluster beside the embedded engine; needs Java and Maven
	@$(PYTHON) -m benchmarks.cluster

screenshot: install ## the pictures in the README and in docs/pages, taken anew
	@$(PYTHON) -m tests.browser.screenshot

messages: install ## the catalogues of the interface: texts found, updated, compiled
	@$(PYTHON) -m webui.messages

widget: install ## the widget's file, made of its parts and released under their version
	@$(PYTHON) -m webui.widget.assembly

lint: install ## ruff and mypy, and the types of the widget where npm is installed
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m mypy
	@sh tests/widget/types.sh

# The project's commands. `make` alone lists them; each is one line over the tool that does the work, and
# sets up its environment first, which takes a minute the first time and nothing after that.

VENV = .venv
# The interpreter that makes the environment: the newest that runs, where none is named.
PYTHON =
RUN = "$(VENV)/bin/python" -m

# Pyright asks the network for its newest version otherwise, and Redocly reports its use.
export PYRIGHT_PYTHON_IGNORE_WARNINGS = 1
export REDOCLY_TELEMETRY = off
export REDOCLY_SUPPRESS_UPDATE_NOTICE = true

COMPILE = $(RUN) uv pip compile --quiet --no-cache --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock'

# The client with its extras, but for pytest, of which the tests need a newer one. Their lowest versions override what
# other packages of the tests ask for.
LOWEST = --group client --group client-credentials --group client-fast

.DEFAULT_GOAL = help
.PHONY: help generate test test-slow coverage test-lowest contract changes vendor wheel release review screenshot demo bench serve lint types check-generated pytest lint-spec test-clean-clone lock lock-node clean setup

help: ## lists these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

generate: setup ## writes generated_client/ from spec/openapi.yaml and says what changed
	@$(RUN) generator generate

test: lint types check-generated contract pytest ## runs every check that decides whether a change may land

contract: setup ## compares spec, documented facts and client; PAGE=file: that page too
	@$(RUN) generator contract $(if $(PAGE),--page "$(PAGE)")

changes: setup ## says what changed in the contract since BASE (HEAD), a revision of git or a file, and whom it breaks
	@$(RUN) generator changes "$(or $(BASE),HEAD)" spec/openapi.yaml

vendor: setup ## copies the client into DEST, or renews it there; FORCE=1: over edits; CHECK=1: says how the copy stands
	@$(RUN) generator vendor $(if $(DEST),"$(DEST)") $(if $(NAME),--name "$(NAME)") $(if $(FORCE),--force) $(if $(CHECK),--check)

wheel: setup ## builds the client as wheel and sdist into dist/
	@$(RUN) generator wheel

release: setup ## locks the facts of the contract's version as released
	@$(RUN) generator release

review: setup ## writes build/review.html, on which a contract is judged; BASE=rev: against that revision
	@$(RUN) generator review $(if $(BASE),--base "$(BASE)")

screenshot: setup lint/node_modules/installed ## renews docs/review.png, a picture of that page; needs Node and Chromium
	$(RUN) generator review
	node lint/screenshot.mjs "$$(command -v chromium)" build/review.html o1-parameter-imageId-maxLength docs/review.png

demo: setup ## starts the stand-in, gets an image through the client, prints it
	@$(RUN) generator demo

bench: setup ## measures the client beside others and writes docs/benchmarks.md; takes minutes
	@$(RUN) tests.benchmarks.measure

serve: setup ## runs the stand-in until it is interrupted
	@$(RUN) generator serve

lint: setup ## part of test: style and layout, of the contract too
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) generator lint

types: setup ## part of test: types, as two checkers see them
	$(RUN) mypy & $(RUN) pyright; pyright=$$?; wait $$! && exit $$pyright

check-generated: setup ## part of test: the committed client is what the spec generates
	$(RUN) generator generate --check

pytest: setup ## part of test: the tests
	$(RUN) pytest --numprocesses=auto

coverage: setup ## the same tests, and whether they run 97 % of generator and client; takes twice as long
	$(RUN) pytest --numprocesses=auto --cov

test-slow: setup ## the tests that take longer, or install from the package index
	$(RUN) pytest -m slow --numprocesses=auto

test-lowest: ## the client's tests on the lowest versions of what it needs; WITH="anyio==4.5 …": with these of them
	@sh requirements/install.sh .venv-lowest "$(PYTHON)" lowest
	@$(if $(WITH),rm .venv-lowest/ready && .venv-lowest/bin/python -m pip -q install --no-cache-dir $(WITH))
	.venv-lowest/bin/python -m pytest tests/client --numprocesses=auto

lint-spec: setup lint/node_modules/installed ## asks public judges about the contract, our verdicts on changes and the page for a review; needs Node
	$(RUN) pytest -m node --numprocesses=auto

lint/node_modules/installed: lint/package-lock.json
	cd lint && npm ci
	touch $@

test-clean-clone: ## does as a newcomer does: clones into an empty folder, generates, tests
	sh tests/shell/fresh.sh

lock: setup ## renews requirements/*.lock from pyproject.toml
	$(COMPILE) --group installer --output-file requirements/installer.lock
	$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.lock
	$(COMPILE) --group client --constraint requirements/dev.lock --output-file requirements/runtime.lock
	$(COMPILE) --group consumer --constraint requirements/dev.lock --output-file requirements/consumer.lock
	$(COMPILE) $(LOWEST) --resolution lowest-direct --output-file requirements/lowest.lock
	$(COMPILE) $(LOWEST) --group lowest --override requirements/lowest.lock --output-file requirements/lowest.lock

lock-node: ## renews lint/package-lock.json from lint/package.json; needs Node
	cd lint && npm update --package-lock-only

clean: ## removes what make and the tools have left
	rm -rf .venv* build dist lint/node_modules lint/.npm .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

setup:
	@sh requirements/install.sh "$(VENV)" $(if $(PYTHON),"$(PYTHON)")

# The project's commands; `make` alone lists them. Each calls the tool that does the work. The first call also creates
# the environment, which takes 1-3 minutes.

VENV = .venv
# The interpreter that creates the environment; the newest that runs if empty.
PYTHON =
# Deprecations are errors: `pytest` says so of the tests, this of every other command.
RUN = "$(VENV)/bin/python" -W error::DeprecationWarning -m
# Its messages speak of DEST= and FORCE=1, not of the options of the command.
COMMAND = CALLED_BY_MAKE=1 $(RUN) generator

.DEFAULT_GOAL = help

# The variables that each target reads, in addition to VENV and PYTHON. The environment does not set them; any other one
# on the command line is rejected.
READS_generate = SPEC CLIENT
READS_contract = PAGE SPEC CLIENT
READS_drift = SPEC
READS_changes = BASE SPEC
READS_review = BASE SPEC CLIENT
READS_vendor = DEST NAME HTTP CHECK FORCE
READS_serve = PORT SPEC
READS_demo = SPEC
READS_test-lowest = WITH
READS_lock = PACKAGE

$(foreach name,BASE CHECK CLIENT DEST FORCE HTTP NAME PACKAGE PAGE PORT SPEC WITH,$(eval $(name) =))
GOALS := $(or $(MAKECMDGOALS),$(.DEFAULT_GOAL))
READS := $(sort VENV PYTHON $(foreach goal,$(GOALS),$(READS_$(goal))))
SET := $(sort $(foreach name,$(.VARIABLES),$(if $(findstring command line,$(origin $(name))),$(name))))
ifneq ($(filter-out $(READS),$(SET)),)
$(error `make $(GOALS)` does not read $(filter-out $(READS),$(SET)); it reads $(READS))
endif
$(foreach name,CHECK FORCE,$(if $(filter-out 1,$($(name))),$(error $(name) can only be 1, not $($(name)))))
ifneq ($(filter vendor,$(GOALS)),)
ifeq ($(DEST),)
$(error `make vendor` needs the folder of the copy, such as DEST=../myapp/myapp/_vendor/images)
endif
endif

# Otherwise Pyright looks up its newest version on the network, and Redocly reports usage.
export PYRIGHT_PYTHON_IGNORE_WARNINGS = 1
export REDOCLY_TELEMETRY = off
export REDOCLY_SUPPRESS_UPDATE_NOTICE = true

COMPILE = $(RUN) uv pip compile --quiet --no-cache --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' \
	$(if $(PACKAGE),--upgrade-package '$(PACKAGE)',--upgrade)

# The client with its extras except pytest: the tests need a newer one. These lowest versions override the requirements
# of other packages of the tests.
LOWEST = --group client --group client-credentials --group client-fast

.PHONY: help generate test test-slow coverage test-lowest test-httpx2 contract drift changes vendor wheel release review docs docs-contract screenshot demo bench serve lint types check-generated pytest lint-spec test-clean-clone lock lock-node clean setup

help: ## lists these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

generate: setup ## generates generated_client/ from spec/openapi.yaml, or CLIENT from SPEC; prints the changed facts
	@$(COMMAND) generate $(if $(SPEC),--spec "$(SPEC)") $(if $(CLIENT),--client "$(CLIENT)")

test: lint types check-generated contract pytest ## runs every check that decides whether a change may land

contract: setup ## compares the spec with documented facts, client and descriptors; PAGE=file or URL: also with that page
	@$(COMMAND) contract $(if $(SPEC),--spec "$(SPEC)") $(if $(CLIENT),--client "$(CLIENT)") $(if $(PAGE),--page "$(PAGE)")

drift: setup ## fetches the documented pages and compares them with the spec; prints a diff of the spec for what is new
	@$(COMMAND) drift $(if $(SPEC),--spec "$(SPEC)")

changes: setup ## lists the changes since the last release, and whom they break; BASE=rev: since that revision or file
	@$(COMMAND) changes $(if $(SPEC),--spec "$(SPEC)") $(if $(BASE),"$(BASE)")

vendor: setup ## copies the client to DEST or updates the copy; HTTP=httpx2: for httpx2; CHECK=1: only reports; FORCE=1: discards edits
	@$(COMMAND) vendor "$(DEST)" $(if $(NAME),--name "$(NAME)") $(if $(HTTP),--http "$(HTTP)") $(if $(FORCE),--force) $(if $(CHECK),--check)

wheel: setup ## builds a wheel and an sdist of the client in dist/
	@$(COMMAND) wheel

release: setup ## locks the facts of the current version as released
	@$(COMMAND) release

review: setup ## writes build/review.html, the page for reviewing the contract; BASE=rev: against that revision
	@$(COMMAND) review $(if $(SPEC),--spec "$(SPEC)") $(if $(CLIENT),--client "$(CLIENT)") $(if $(BASE),--base "$(BASE)")

docs: setup ## writes build/docs/: the reference of the client and, with Node, the page of the contract
	@$(COMMAND) docs
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory docs-contract; \
	else echo "Node is not installed: build/docs/openapi.html was not written." >&2; fi

docs-contract: lint/node_modules/installed ## part of docs: writes the page of the contract; needs Node
	@output=$$(lint/node_modules/.bin/redocly build-docs spec/openapi.yaml --inlineBundle --template lint/openapi.hbs \
		--output build/docs/openapi.html 2>&1) || { echo "$$output" >&2; exit 1; }
	@echo "build/docs/openapi.html: the page of spec/openapi.yaml"

screenshot: setup lint/node_modules/installed ## updates docs/review.png, a picture of the review page; needs Node and Chromium
	$(RUN) generator review
	node lint/screenshot.mjs "$$(command -v chromium)" build/review.html o1-parameter-imageId-maxLength docs/review.png

demo: setup ## starts the stand-in, gets an image through the client, prints it
	@$(COMMAND) demo $(if $(SPEC),--spec "$(SPEC)")

bench: setup ## compares the client with others and writes docs/benchmarks.md; takes minutes
	@$(RUN) tests.benchmarks.measure

serve: setup ## runs the stand-in until interrupted; PORT=8000: on that port
	@$(COMMAND) serve $(if $(SPEC),--spec "$(SPEC)") $(if $(PORT),--port "$(PORT)")

lint: setup ## part of test: checks style and formatting, also of the spec and of the workflows
	$(RUN) ruff check --no-cache
	$(RUN) ruff format --check --no-cache
	$(RUN) generator lint
	$(RUN) check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	"$(VENV)/bin/zizmor" --offline --quiet .github/workflows

types: setup ## part of test: checks types with mypy and pyright
	$(RUN) mypy & $(RUN) pyright; pyright=$$?; wait $$! && exit $$pyright

check-generated: setup ## part of test: checks that the committed client is what the spec generates
	$(RUN) generator generate --check

pytest: setup ## part of test: runs the tests
	$(RUN) pytest --numprocesses=auto

coverage: setup ## runs the tests and requires a coverage of 97 %; takes twice as long
	$(RUN) pytest --numprocesses=auto --cov

test-slow: setup ## runs the tests that take longer or install from the package index
	$(RUN) pytest -m slow --numprocesses=auto

test-lowest: ## runs the client's tests on its lowest dependencies; WITH="anyio==4.10.0 …" replaces some
	@sh requirements/install.sh .venv-lowest "$(PYTHON)" lowest
	@$(if $(WITH),rm .venv-lowest/ready && .venv-lowest/bin/python -m pip -q install --no-cache-dir $(WITH))
	.venv-lowest/bin/python -m pytest tests/client --numprocesses=auto

test-httpx2: setup ## runs the client's tests on a copy that uses httpx2, with the pinned and with its lowest dependencies
	@sh requirements/install.sh .venv-httpx2 "$(PYTHON)" httpx2
	$(RUN) tests.consumer.on_httpx2 build/httpx2
	cd build/httpx2 && ../../$(VENV)/bin/python -m pytest tests/client --numprocesses=auto
	cd build/httpx2 && ../../.venv-httpx2/bin/python -m pytest tests/client --numprocesses=auto

lint-spec: setup lint/node_modules/installed ## checks spec, verdicts, review page and the client on Pyodide; needs Node
	$(RUN) pytest -m node --numprocesses=auto

lint/node_modules/installed: lint/package-lock.json
	cd lint && npm ci
	touch $@

test-clean-clone: ## clones into an empty folder, generates and tests there
	sh tests/shell/fresh.sh

lock: setup ## updates requirements/*.lock from pyproject.toml; PACKAGE=name: updates that package alone
	$(COMPILE) --group installer --output-file requirements/installer.lock
	$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.lock
	$(COMPILE) --group client --constraint requirements/dev.lock --output-file requirements/runtime.lock
	$(COMPILE) --group consumer --constraint requirements/dev.lock --output-file requirements/consumer.lock
	$(COMPILE) $(LOWEST) --resolution lowest-direct --output-file requirements/lowest.lock
	$(COMPILE) $(LOWEST) --group lowest --override requirements/lowest.lock --output-file requirements/lowest.lock
	$(COMPILE) $(LOWEST) --group httpx2 --resolution lowest-direct --output-file requirements/httpx2.lock
	$(COMPILE) $(LOWEST) --group httpx2 --group lowest --override requirements/httpx2.lock --output-file requirements/httpx2.lock

lock-node: ## updates lint/package-lock.json from lint/package.json; needs Node
	cd lint && npm update --package-lock-only

clean: ## removes what make and the tools created
	rm -rf .venv* build dist lint/node_modules lint/.npm .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

setup:
	@sh requirements/install.sh "$(VENV)" $(if $(PYTHON),"$(PYTHON)")

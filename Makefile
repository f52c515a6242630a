# The words of this repository. Each one does its own set-up from the lock file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CLIENTS_VENV := .venv-clients
CLIENTS_STAMP := $(CLIENTS_VENV)/.installed
UNIT_STAMP := $(VENV)/.unit-tested
# Whatever unit tests read.
READ := $(shell find Makefile README.md CHANGELOG.md pyproject.toml *.py *.yaml *.lock assets resources sensors sg_pipelines \
	tests benchmarks clients docs deploy -type f -not -name '*.pyc' 2>/dev/null)
CLIENT ?= demo

.PHONY: setup run test test-clients check bench lock clean

$(STAMP): requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r requirements-dev.lock
	@echo "$(CURDIR)" > $$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/sg_pipelines.pth
	@touch $@

setup: $(STAMP) ## install everything the lock file names

run: $(STAMP) ## the product: sandbox, Dagster, a baseline and an incremental pulse
	@exec $(BIN)/python -m sg_pipelines.cli up --client $(CLIENT)

test: $(STAMP) test-clients $(UNIT_STAMP) ## everything but live accounts
	$(BIN)/python -m pytest tests -n 2 --dist loadgroup --ignore tests/unit

$(CLIENTS_STAMP): tests/clients/requirements.lock
	$(PYTHON) -m venv $(CLIENTS_VENV)
	$(CLIENTS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r $<
	@touch $@

test-clients: $(STAMP) $(CLIENTS_STAMP) ## published clients of the platforms against the sandbox
	$(CLIENTS_VENV)/bin/python -m pytest tests/clients

$(UNIT_STAMP): $(STAMP) $(READ)
	$(BIN)/python -m pytest tests/unit -n 2
	@touch $@

check: $(STAMP) ## style, types, architecture, unit tests (those once for the same files)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory $(UNIT_STAMP)

bench: $(STAMP) ## speed and quality, beside peers, in one run
	$(BIN)/python -m benchmarks

lock: ## resolve the lock files anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group dev --group bench --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate -o requirements-dev.lock
	uv pip compile pyproject.toml --group production -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate -o deploy/requirements.lock
	uv pip compile tests/clients/requirements.in --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o tests/clients/requirements.lock

clean:
	rm -rf $(VENV) $(CLIENTS_VENV) data .mypy_cache .ruff_cache .pytest_cache

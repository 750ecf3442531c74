# Two commands are enough: `make run` and `make test`. Everything they need is installed into this folder.
PYTHON ?= python3
# Compiled modules are kept, whatever the environment says: a start takes a second instead of ten.
export PYTHONDONTWRITEBYTECODE :=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --quiet

.PHONY: setup run test torture check bench lock format clean

setup: $(VENV)/.prepared node_modules/.installed

# What questions are compared with takes some seconds to make: once here, and not at every first start.
$(VENV)/.prepared: $(VENV)/.installed $(wildcard domain/scheme/*.* domain/scheme/*/*.* domain/norwegian/*.yaml)
	@$(BIN)/rekompis scheme prepare
	@touch $@

$(VENV)/.installed: requirements.lock requirements-uv.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --no-compile -r requirements-uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
		|| $(PIP) --require-hashes --no-compile -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

# The local client and Microsoft's schemas. Without Node everything but the client works.
node_modules/.installed: package-lock.json package.json
	@if command -v npm >/dev/null 2>&1; then npm ci --no-audit --no-fund && touch $@; \
	else echo "Node.js 20 and npm are missing: no local client, and its tests are skipped."; fi

run: setup
	@$(BIN)/rekompis local

# Three workers on two processors: many tests wait, for a browser, another process or a second to pass.
test: setup
	$(PYTEST) -q -n 3 --dist loadfile --no-loadscope-reorder

torture: setup
	$(PYTEST) -q -m torture --timeout=3600

check: $(VENV)/.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.installed
	$(BIN)/python -m bench

format: $(VENV)/.installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.installed
	$(COMPILE) --extra dev --extra otel --output-file requirements.lock
	$(COMPILE) --extra otel --constraint requirements.lock --no-annotate --output-file requirements-run.lock
	printf '%s\n' '# Only the installer: many times faster than pip. Made by `make lock`.' > requirements-uv.lock
	sed -n '/^uv==/,/# via/p' requirements.lock >> requirements-uv.lock

clean:
	rm -rf $(VENV) node_modules build var .mypy_cache .ruff_cache .pytest_cache .hypothesis

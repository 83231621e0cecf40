# Quả Cân: `make run` to use it, `make test` to trust it.
PYTHON ?= python3
PORT ?= 8000
PIP := .venv/bin/pip --disable-pip-version-check --no-input -q

.PHONY: run setup dev test lock bench validate screenshots format clean

run: setup            ## install, migrate, load the demo when empty, serve
	@.venv/bin/quacan serve --port $(PORT)

setup: .venv/installed ## build .venv: afterwards .venv/bin/quacan is the command line

dev: .venv/installed-dev ## what tests and linters need besides

test: dev             ## lint, types, import contracts, migrations, all tests on both databases
	@bash tests/run

.venv/bin/pip:
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/pip
	@echo "Cài đặt môi trường / installing the environment (.venv)…"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --require-hashes --no-deps -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

lock:                 ## resolve pyproject.toml into the lock files (needs uv on PATH)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements-dev.lock
	printf "hatchling\neditables\n" | uv pip compile - -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements-build.lock

bench: dev            ## speed and memory beside peers, as ratios in one run
	.venv/bin/python -m benchmarks

validate: dev         ## run the published cases, write docs/validation.md
	.venv/bin/python -m validation

screenshots: dev      ## docs/pictures, made by driving the demo in Chromium
	.venv/bin/python -m tests.browser.screenshots

format: dev
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache

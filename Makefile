# Two commands do everything: `make demo` and `make test`. Each sets itself up in .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: setup demo test lint bench bench-page bench-classify screenshots train clean

.venv/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	@touch $@

.venv/.dev: .venv/.run
	$(PIP) --editable '.[dev]'
	@touch $@

setup: .venv/.dev

demo: .venv/.run
	@$(BIN)/bifocal demo $(ARGS)

test: .venv/.dev
	$(BIN)/pytest $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.dev
	@$(BIN)/python -m tests.bench.clicks

bench-page: .venv/.dev
	@$(BIN)/python -m tests.bench.page

screenshots: .venv/.dev
	$(BIN)/python -m tests.screenshots

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache build *.egg-info

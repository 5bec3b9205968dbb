# Two commands do everything: `make demo` and `make test`. Each sets itself up in .venv.
PYTHON ?= python3
BIN := .venv/bin
# What runs on PostgreSQL too, in CI as well; of these only the tests that open a database.
ON_BOTH := tests/storage tests/handlers
ON_BOTH += $(addprefix tests/test_,journey.py crowd.py replicas.py seventh_instrument.py)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: setup demo test test-postgres attack lint house bench bench-due bench-silent bench-replicas bench-windows bench-kills bench-backup bench-stop soak bench-page bench-digest bench-reading bench-year bench-classify bench-short screenshots train clean

.venv/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	@touch $@

.venv/.dev: pyproject.toml constraints.txt $(wildcard models/*/pyproject.toml)
	$(PYTHON) -m venv .venv
	$(PIP) --editable '.[dev]'
	$(PIP) --editable models/languages
	$(PIP) --editable models/accurate || { test "$$CI" != true && echo "models/accurate is not installed: its tests are skipped"; }
	@touch .venv/.run $@

setup: .venv/.dev

demo: .venv/.run
	@$(BIN)/bifocal demo $(ARGS)

# in two processes: in one it takes twice as long; one that has ended takes tests over from the other
test: .venv/.dev
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

# The tests of storage, handlers and journeys on PostgreSQL; ARGS="tests/jobs" adds others.
test-postgres: .venv/.dev
	TEST_DATABASE=postgresql $(BIN)/pytest -n 2 --dist worksteal $(ON_BOTH) $(ARGS)

# Attacks on thousands of made-up histories: nothing that is shown tells what anybody chose.
attack: .venv/.dev
	@$(BIN)/python -m tests.simulation.attack $(ARGS)

# The whole bot on a clock, network and disk that come from a seed; a judge looks for broken rules.
.PHONY: simulate
SEEDS ?= 20
simulate: .venv/.dev
	@$(BIN)/python -m tests.simulated.simulate --seeds $(SEEDS) $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

house: .venv/.dev
	@$(BIN)/python -m tests.bench.house $(ARGS)

bench: .venv/.dev
	@$(BIN)/python -m tests.bench.clicks

bench-due: .venv/.dev
	@$(BIN)/python -m tests.bench.due_posts $(ARGS)

# Five thousand clicks while Slack takes no receipt: forms, commands, memory.
bench-silent: .venv/.dev
	@$(BIN)/python -m tests.bench.silent_receipts

# One, two and three processes that keep answers in one PostgreSQL database with durable commits.
bench-replicas: .venv/.dev
	@$(BIN)/python -m tests.bench.bench_replicas

# Three processes on PostgreSQL post 500 due questions while they are killed and Slack fails them. Minutes.
bench-windows: .venv/.dev
	@$(BIN)/python -m tests.bench.windows $(ARGS)

# `kill -9` in the midst of clicks, 20 times on each database: what was acked, stored, lost.
bench-kills: .venv/.dev
	@$(BIN)/python -m tests.bench.kills $(ARGS)

# `bifocal backup` while hundreds click a second, on each database, and the restore elsewhere.
bench-backup: .venv/.dev
	@$(BIN)/python -m tests.bench.bench_backup

# Each signal that ends the bot, under load and with a slow Slack or database: how long, what is lost.
bench-stop: .venv/.dev
	@$(BIN)/python -m tests.bench.bench_stop

# Ten minutes of clicks with everything going wrong at random: memory, open files and queues stay flat.
soak: .venv/.dev
	@$(BIN)/python -m tests.bench.soak $(ARGS)

# The wheel, built and installed into an empty environment: it says its version and reads a comment.
.PHONY: wheel
wheel:
	rm -rf build/wheel build/bifocal_bot-*.whl
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build .
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt build/bifocal_bot-*.whl
	cd build && wheel/bin/bifocal --version && echo "The invoices are wrong." | wheel/bin/bifocal classify

# The image, built and lived with where docker or podman runs; says so where none does.
.PHONY: image
image: .venv/.dev
	@$(BIN)/python -m tests.bench.image

bench-page: .venv/.dev
	@$(BIN)/python -m tests.bench.page

# From a fresh clone to the digest on the screen, and the page's three steps; ARGS=--cold downloads packages anew.
.PHONY: bench-first
bench-first: .venv/.dev
	@$(BIN)/python -m tests.bench.bench_first $(ARGS)

# What an edition costs after many years, against half a year; writes the years first, for some minutes.
bench-digest: .venv/.dev
	@$(BIN)/python -m tests.bench.bench_digest

# What queries cost in a channel with 2,500 waves, against one with 25.
bench-reading: .venv/.dev
	@$(BIN)/python -m tests.bench.bench_reading

# Years of digests over a known truth: right words, false changes, ranges that hold it. Some minutes.
bench-year: .venv/.dev
	@$(BIN)/python -m tests.bench.bench_year $(ARGS)

# nltk imports scikit-learn where it finds it, so the trainer has an environment of its own
.venv-train/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable models/accurate || echo "models/accurate is not installed: the model card has no row of it"
	@touch $@

# The trainer on what the clone has and `python3 -m models.training.fetch_data` has fetched; DATA=folder names
# another folder. In one thread: how many there are would change the last digits of what is learnt.
train: .venv-train/.ready
	OPENBLAS_NUM_THREADS=1 .venv-train/bin/python -m models.training.train $(DATA)

bench-classify: .venv-train/.ready
	@OPENBLAS_NUM_THREADS=1 .venv-train/bin/python -m tests.bench.bench_classify $(DATA)

# Short verdicts and sayings, by kind; ARGS=--accurate for both models together, --show for what goes wrong.
bench-short: .venv/.dev
	@$(BIN)/python -m tests.bench.bench_short $(ARGS)

screenshots: .venv/.dev
	$(BIN)/python -m tests.screenshots

clean:
	rm -rf .venv .venv-train .mypy_cache .pytest_cache .ruff_cache build *.egg-info models/*/build models/*/*.egg-info

# The commands a person needs. Everything is installed into .venv/ from pinned, hashed versions.
PYTHON ?= python3
BIN := .venv/bin
OUT ?= demo

.PHONY: demo test check faults faults-short hostile soak browser conformance simulate bench ci pins clean

demo: .venv/run
	@$(BIN)/arshjul demo --out $(OUT)

# Two processes; a file's tests stay together, since they share the plays that they start from. What takes
# long is begun first (tests/sharing_out.py).
test: .venv/dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Strikes at every named place, on SQLite and PostgreSQL: killed, full disk, locked database, no mail, clock set
# back, PostgreSQL killed; then runs again and compares with the undisturbed.
faults: .venv/dev
	@$(BIN)/python -m pytest tests/faults tests/city -m faults -n 2 --dist loadgroup

# In short: every place meets some of the blows, every blow some of the places, on both databases; and a worker of
# two is killed, with Prefect on PostgreSQL.
faults-short: .venv/dev
	@ARSHJUL_FAULTS=short $(BIN)/python -m pytest tests/faults/test_matrix.py tests/city/test_two_workers.py -m faults -n 2 --dist loadgroup

# Everything that is made to do harm, and what Hypothesis makes besides.
hostile: .venv/dev
	@$(BIN)/python -m pytest tests/hostile -m "hostile or not hostile" -n 2 --dist loadgroup

# Half an hour of everything at once: memory, files and connections of every process stay as they are.
MINUTES ?= 30
soak: .venv/dev
	@$(BIN)/python -m bench.soak --minutes $(MINUTES)

# The portal in a real Chromium, with axe-core and an OpenID provider from npm.
browser: .venv/dev
	@$(BIN)/python -m pytest tests/web/browser -o addopts="-q --strict-markers --import-mode=importlib"

# What others' validators say: veraPDF and commons-ip from Maven Central, axe-core from npm, Chromium,
# LibreOffice. What is not on the machine is skipped, save where CI=true.
conformance: .venv/dev
	@$(BIN)/python -m pytest tests/conformance -m conformance -n 2 --dist loadgroup -rs

# Lives fifty years by their seeds, each held to the rules of letters and reports.
SEEDS ?= 50
simulate: .venv/dev
	@ARSHJUL_SEEDS=$(SEEDS) $(BIN)/python -m pytest tests/simulation -m simulation -n 2

# Every measurement in one run; what they print is kept in docs/benchmarks.md.
bench: .venv/dev
	@$(BIN)/python -m bench

# Everybody's suite and the slow parts: the crash matrix in short, five years.
ci: check browser conformance faults-short hostile
	@$(MAKE) simulate SEEDS=5

# The environment: .venv/run holds what the product needs, .venv/dev what its tests need as well.
.venv/run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Årshjul behöver Python 3.11 eller senare.") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installerar det som Årshjul behöver (en till två minuter första gången) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --compile --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q arshjul cli flows tasks
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	@echo "Installerar det som proven behöver …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --compile --require-hashes -r requirements-dev.txt
	@touch $@

# Pins the versions anew, for every Python we support and without any host names.
pins:
	uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-annotate --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv $(OUT)

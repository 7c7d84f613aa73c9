# The few verbs. Each does all of its own set-up; `make run` and `make test` are the two to remember.
# Plain POSIX sh and GNU make 3.81 (the one that macOS ships) are enough.

PORT ?= 8501
DATA ?= data
ADDRESS ?= 0.0.0.0
BIN = .venv/bin

.PHONY: run serve demo test lint bench accuracy papers weights fuzz build ready audit

run: .venv/run.stamp ready
	@echo "แดชบอร์ดอยู่ที่ http://localhost:$(PORT) (หยุดด้วย Ctrl+C) | The dashboard is at http://localhost:$(PORT) (stop it with Ctrl+C)"
	@ITA_DATA="$(DATA)" $(BIN)/python -m deploy.serve --port $(PORT) --address localhost

serve: .venv/run.stamp ready
	@echo "แดชบอร์ดสำหรับทั้งสำนักงานอยู่ที่พอร์ต $(PORT) ของเครื่องนี้ (หยุดด้วย Ctrl+C) | The dashboard for an office is on port $(PORT) of this machine (stop it with Ctrl+C)"
	@ITA_DATA="$(DATA)" $(BIN)/python -m deploy.serve --shared --port $(PORT) --address $(ADDRESS)

# A made-up nation, marked so on every screen, on a port of its own beside the real data.
demo: PORT = 8502
demo: DATA = build/demo
demo: export ITA_DEMO = 1
demo: build/demo/agencies.csv run

build/demo/agencies.csv: | .venv/run.stamp
	@$(BIN)/python -m etl sample --agencies 400 --years 2565-2568 --into build/demo

build: .venv/run.stamp
	@$(BIN)/python -m etl build --data "$(DATA)" --db "$(DATA)/ita.duckdb"

# Builds where something changed. A file that could not be used was named then; the rest is there to look at.
ready: .venv/run.stamp
	@$(BIN)/python -c 'import sys; from pathlib import Path; from pages.parts.ask.freshness import is_stale; sys.exit(is_stale(*map(Path, sys.argv[1:])))' \
		"$(DATA)" "$(DATA)/ita.duckdb" || $(BIN)/python -m etl build --data "$(DATA)" --db "$(DATA)/ita.duckdb" \
		|| test -f "$(DATA)/ita.duckdb" || test -f "$(DATA)/ita.previous.duckdb"

test: .venv/dev.stamp
	@sh .ci/setup browser
	@sh .ci/setup scans
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --quiet --check .
	@$(BIN)/python -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

# The inner loop: all but what opens browsers, serves, builds nations, trains or asks SciPy.
LONG = account arithmetic build chance cli compare desk exports_deck first_build first_view formats_agree fuzz hostile \
	language learn learn_from learning measures never_lost new_year newcomers pages papers path province queries reach readme \
	sample scans sentences serve spoilt standing sure tide
quick: .venv/dev.stamp
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m pytest --quiet --numprocesses 2 --ignore tests/browser $(LONG:%=--ignore tests/test_%.py)

lint: .venv/dev.stamp
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --quiet --check .

bench: .venv/dev.stamp
	@sh .ci/setup browser
	@$(BIN)/python -m bench

# How well the reader reads documents that it has not learned from, beside their hand readings.
accuracy: .venv/dev.stamp
	@$(BIN)/python -m bench.accuracy --growth

# Papers of the five reports and of 50 made-up agencies, written, read back and compared with the database cell by cell.
papers: .venv/dev.stamp
	@$(BIN)/python -m tests.papers

# What the labelled examples in etl/measures/examples give, anew: always the same for the same examples.
weights: .venv/dev.stamp
	@$(BIN)/python -m etl.measures.training

fuzz: .venv/dev.stamp
	@$(BIN)/python -m tests.fuzz

# Whatever is installed, also what our libraries need, against the known vulnerabilities. Needs the package index's own service; where that
# does not answer this fails and says so, as nothing was looked at. The tool has a venv of its own: it would bring thirty packages along.
audit: .venv/dev.stamp
	@test -x build/audit/bin/pip-audit || { python3 -m venv build/audit && build/audit/bin/pip install --quiet pip-audit==2.10.1; }
	@build/audit/bin/pip-audit --strict --progress-spinner off --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

# A stamp is newer than the requirements that were installed last, so a second start installs nothing.
.venv/run.stamp: requirements.txt
	@sh .ci/setup python
	@echo "กำลังติดตั้งสิ่งที่แดชบอร์ดต้องใช้ (ครั้งเดียว) | Installing what the dashboard needs (once)"
	@$(BIN)/python -m pip install --disable-pip-version-check --requirement requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@echo "กำลังติดตั้งสิ่งที่การทดสอบต้องใช้ (ครั้งเดียว) | Installing what the tests need (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

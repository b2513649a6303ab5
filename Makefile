# Everything sets itself up: a virtual environment in .venv, pinned libraries, Qt's system libraries on Debian.
BIN := .venv/bin
READY := .venv/ready
SEED := 1

.PHONY: help run test lint bench campaign words clean

help:
	@echo 'make run    the window on the demo workspace (without a display: the same from the command line)'
	@echo 'make test   lint, types and all tests'
	@echo 'make lint   lint and types only'
	@echo 'make bench  the measurements of speed'
	@echo 'make campaign  thousands of random histories of two and three desks (SEED=1); takes an hour or so'
	@echo 'make words  the catalogs of translations in step with the source'
	@echo 'make clean  remove what the others made'

$(READY): pyproject.toml constraints.txt packaging/set_up packaging/system_libraries.py
	@packaging/set_up .venv

run: $(READY)
	@packaging/run_demo $(BIN)/funnel-desk build/demo

test: lint
	$(BIN)/pytest -q -n auto --dist worksteal

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/pytest -q -m speed -p no:randomly -s tests/speed

campaign: $(READY)
	$(BIN)/pytest -q -n 2 -p no:randomly --hypothesis-profile=long --hypothesis-seed=$(SEED) tests/properties tests/storage/test_killed_merge.py

words: $(READY)
	$(BIN)/python packaging/words.py

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find funnel_desk tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +

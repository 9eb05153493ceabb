# Everything runs in .venv, made on first use and renewed when the project's dependencies change.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench docs clean

run: $(VENV)/installed
	$(BIN)/regionsim run scenarios/base.yaml

# Each worker has a stretch of the tests, so that it makes what they share once; when it is done it takes from others.
test: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n auto --dist worksteal

# The plain tests without lint, types and workers: what one wants while writing.
check: $(VENV)/installed-test
	$(BIN)/python -m pytest -q -x

bench: $(VENV)/installed-test
	$(BIN)/python -m pytest -q benchmarks --benchmark-only --benchmark-columns=min,median,max,rounds

docs: $(VENV)/installed
	$(BIN)/python -m regionsim.export.refresh

clean:
	rm -rf $(VENV) build *.egg-info src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/installed-test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $(VENV)/installed $@

# GNU make 4.3 and bash. `make` alone lists what there is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
PYTHON_HERE := $(VENV)/bin/python
PIP := $(PYTHON_HERE) -m pip --disable-pip-version-check install --quiet
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
PORT ?= 8501

# What runs two at a time. Pages are tested in processes without Keras, as they run: where much is loaded, each run of a page
# spends seconds on collecting garbage. Browser tests have a round of their own, each worker with its own server, engine and
# browser. Tests that kill processes want the machine to themselves.
BESIDE_OTHERS := "unit or ui" contract e2e
# Real processes, browsers and databases on a machine of which nobody knows what else it does: what fails is tried twice more,
# and the summary names what needed it. That is a fault of the test or of the app, to be mended; see CONTRIBUTING.
AGAIN := --reruns 2
define WITH_BROWSER_AND_STORE
chromium=$$(tools/need-chromium.sh); \
postgres=$$(tools/need-postgres.sh); \
export PLAYGROUND_CHROMIUM="$$chromium" PLAYGROUND_POSTGRES="$$postgres"
endef

.PHONY: help install run test sweeps check catalog messages bench screenshots clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Make .venv from the first Python 3.13, 3.12 or 3.11 (or $PYTHON) with the tested versions

$(INSTALLED): requirements.txt constraints.txt
	@if ! $(PYTHON_HERE) -m pip --version >/dev/null 2>&1; then \
	  python=$$(tools/find-python.sh); \
	  echo "Making $(VENV) with $$python"; \
	  "$$python" -m venv --clear $(VENV); \
	fi
	@echo "Installing requirements.txt (about 3 GB, some minutes the first time)"
	@$(PIP) -r requirements.txt -c constraints.txt
	@touch $@

$(INSTALLED_DEV): $(INSTALLED) requirements-dev.txt
	@echo "Installing requirements-dev.txt"
	@$(PIP) -r requirements-dev.txt -c constraints.txt
	@touch $@

run: $(INSTALLED) ## Start the app on http://127.0.0.1:8501 (PORT=8502 for another); Ctrl-C ends it, not its runs
	@exec $(PYTHON_HERE) -m streamlit run app.py --server.port $(PORT)

test: $(INSTALLED_DEV) ## Run the test suite, in a real browser and on both stores
	@$(WITH_BROWSER_AND_STORE); \
	for round in $(BESIDE_OTHERS); do \
	  $(PYTHON_HERE) -m pytest -n 2 --dist loadfile $(AGAIN) --durations=10 -m "($$round) and not sweep"; \
	done; \
	$(PYTHON_HERE) -m pytest $(AGAIN) -m "not (unit or ui or contract or e2e)"

sweeps: $(INSTALLED_DEV) ## Run the further cases of long rows, of which make test takes some
	@$(WITH_BROWSER_AND_STORE); \
	for round in contract e2e; do \
	  $(PYTHON_HERE) -m pytest -n 2 --dist loadfile $(AGAIN) --durations=10 -m "$$round and sweep"; \
	done

check: $(INSTALLED_DEV) ## Check format, lint, types, layers and unit tests, in half a minute
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(PYTHON_HERE) -m pytest -q -n 2 tests/unit

catalog: $(INSTALLED_DEV) ## Read the catalogue's facts from the installed Keras again, and write docs/CATALOGUE.md
	$(PYTHON_HERE) -m playground.catalog.generate
	$(PYTHON_HERE) -m playground.catalog.document
	$(PYTHON_HERE) -m playground.specs.rule_table

messages: $(INSTALLED_DEV) ## Collect the words of the user interface for translators, and compile the translations
	@mkdir -p build
	@PYTHONPATH=. $(PYTHON_HERE) tools/words.py >build/words.py
	$(VENV)/bin/pybabel -q extract --no-location --sort-output --omit-header -k _ -o playground/locale/playground.pot playground/ui playground/locale app.py pages build/words.py
	@for file in $$(find playground/locale -name '*.po'); do \
	  $(VENV)/bin/pybabel -q update --no-fuzzy-matching -D playground -i playground/locale/playground.pot -o $$file -l $$(basename $$(dirname $$(dirname $$file))); \
	  $(VENV)/bin/pybabel -q compile -i $$file -o $${file%.po}.mo; \
	done

bench: $(INSTALLED_DEV) ## Measure how fast it is, each figure against a peer or a bound
	@chromium=$$(tools/need-chromium.sh); \
	PLAYGROUND_CHROMIUM="$$chromium" $(PYTHON_HERE) -m playground bench

screenshots: $(INSTALLED_DEV) ## Take the pictures in docs/screenshots again
	@chromium=$$(tools/need-chromium.sh); \
	PLAYGROUND_CHROMIUM="$$chromium" $(PYTHON_HERE) -m tests.screenshots

clean: ## Remove .venv and every cache; runs and datasets stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

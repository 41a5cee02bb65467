# make run    the page, in the browser; the first time it installs what it needs into .venv
# make test   everything that has to hold before a change is kept
# make lint   style, types and import rules only
# make docs   the parts of docs/ that are made from the code
# make compare REV=HEAD~3   what changed in the rows since a revision: gains and losses on the annotated texts
# make quality  measures, and writes the table of docs/quality.md
# make clean  removes .venv and caches

SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: run test lint docs compare quality clean
.DEFAULT_GOAL := run

run: $(VENV)/.run-installed
	@echo "Starting the page. Close it with Ctrl+C."
	@$(PY) -m streamlit run dashboard.py

test: lint
	@echo "Tests"
	@$(PY) -m pytest

lint: $(VENV)/.test-installed
	@echo "Style (ruff), types (mypy), import rules (import-linter)"
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports

docs: $(VENV)/.run-installed
	@$(PY) docs/make_dictionary.py

compare: $(VENV)/.run-installed
	@test -n "$(REV)" || { echo "Say which revision to compare with: make compare REV=HEAD~3 [TO=HEAD] [GOLD=gold.jsonl]"; exit 2; }
	@$(PY) benchmarks/compare.py "$(REV)" $(if $(TO),--to "$(TO)") $(if $(GOLD),--gold $(GOLD))

quality: $(VENV)/.run-installed
	@$(PY) benchmarks/quality.py $(GOLD)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.run-installed: requirements.txt | $(PY)
	@echo "Installing what the tracker needs (once, about 900 MB on disk; a minute or two)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.test-installed: requirements-dev.txt requirements.txt | $(PY)
	@echo "Installing what the tracker and its tests need (once; a minute or two)"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/.run-installed

# The newest Python that really runs: a name on the PATH may be a stub that only prints an error.
$(PY):
	@python=""; for name in python3.13 python3.12 python3.11 python3 python; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer is needed and was not found."; \
	  echo "Install it (Debian, Ubuntu: sudo apt-get install python3 python3-venv; macOS: brew install python) and try again."; \
	  exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  echo "$$python cannot make virtual environments."; \
	  echo "On Debian and Ubuntu: sudo apt-get install python3-venv, then try again."; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv $(VENV) || { rm -rf $(VENV); echo "That failed; see the lines above."; exit 1; }

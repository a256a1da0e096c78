# Every target runs in one environment (.venv, or $UV_PROJECT_ENVIRONMENT) that holds what uv.lock names.
# uv is taken from the PATH, or else installed under build/. Nothing outside this folder is changed, but
# that make test installs Debian's PostgreSQL and Chromium when they are missing and you are root.

PYTHON ?= python3
PINNED_UV = build/uv-0.13.9
UV ?= $(or $(shell command -v uv 2>/dev/null),$(PINNED_UV)/bin/uv)
RUN = $(UV) run --frozen
GAZETTEER = src/dateline/resolve/data/gazetteer.sqlite
VENDOR = src/dateline/site/static/vendor
BUNDLE = $(VENDOR)/made-of.txt

export UV_PYTHON_DOWNLOADS = never

.DEFAULT_GOAL := help
.PHONY: help demo site test lint types docs lock gazetteer bundle manifest clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: $(UV) $(GAZETTEER) $(BUNDLE)  ## read the example pages: one shown here, all of them in build/demo.html
	@mkdir -p build
	$(RUN) dateline read examples/pages --jsonl --html build/demo.html > build/demo.jsonl
	$(RUN) dateline read examples/pages/brenik-halvec-courier.html
	@echo "All twelve, every report linked to its words: $(CURDIR)/build/demo.html"
	@rm -f build/demo.db*
	$(RUN) dateline add examples/pages --places examples/places.tsv --record build/demo.db > build/demo.log
	@echo "The same as JSON lines:                       $(CURDIR)/build/demo.jsonl"
	@echo "As a record, to be read as a site:            make site"

site: $(UV) $(GAZETTEER) $(BUNDLE)  ## serve the record of make demo at http://127.0.0.1:8000
	@[ -e build/demo.db ] || { echo "there is no build/demo.db; run make demo first" >&2; exit 1; }
	@echo "http://127.0.0.1:8000 – Ctrl-C ends it"
	$(RUN) dateline serve --record build/demo.db

test: $(UV) $(GAZETTEER) $(BUNDLE)  ## run all tests, with PostgreSQL and Chromium where they are or can be installed
	@bash scripts/postgresql.sh
	@bash scripts/chromium.sh
	$(RUN) pytest

lint: $(UV)  ## check style and layout of the code
	$(RUN) ruff check
	$(RUN) ruff format --check

types: $(UV)  ## check the types
	$(RUN) mypy

docs: $(UV)  ## build the documents as a site under build/site; a link that leads nowhere fails
	$(RUN) --group docs mkdocs build --strict

lock: $(UV)  ## check that uv.lock fits pyproject.toml and names PyPI alone
	$(UV) lock --check
	@if grep -E 'https?://|(url|registry|path|directory) = "' uv.lock \
		| grep -vE 'https://(pypi\.org/simple|files\.pythonhosted\.org/)'; then \
		echo "uv.lock names a source other than PyPI (above)" >&2; exit 1; fi

gazetteer: $(GAZETTEER)  ## compile the gazetteer, if what it is made of has changed

$(GAZETTEER): pyproject.toml scripts/compile_gazetteer.py src/dateline/resolve/gazetteer.py \
		$(patsubst %,src/dateline/resolve/data/%.tsv,states countries places) | $(UV)
	$(UV) sync --frozen --reinstall-package dateline

bundle: $(BUNDLE)  ## bundle what the site's pages need of others, if that has changed

$(BUNDLE): pyproject.toml scripts/bundle_frontend.py $(wildcard frontend/*.js*) | $(UV)
	$(UV) sync --frozen --reinstall-package dateline

manifest: $(UV)  ## write anew the digests of the trained files in src/dateline/model
	$(RUN) python scripts/manifest.py

clean:  ## remove what these targets made, .venv included
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis $(GAZETTEER) $(VENDOR)

$(PINNED_UV)/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is missing or older than 3.11; say which to use: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(PINNED_UV) \
		|| { echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PINNED_UV)/bin/python -m pip install --quiet --disable-pip-version-check $(subst -,==,$(notdir $(PINNED_UV)))

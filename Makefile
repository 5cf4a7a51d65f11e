# The whole of it: `make extract` (installs what is missing, reads samples/ into outputs/) and `make test`.
# Works on Debian 12 and Ubuntu 24.04 with git, make and python3.

SHELL  := /bin/bash
VENV   := .venv
BIN    := $(VENV)/bin
SRC    ?= samples/scans
OUT    ?= outputs

.PHONY: help setup setup-test extract test test-faults lint format fuzz fuzz-files bench bench-peers models samples clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

extract: setup  ## install what is missing, then read samples/ (or SRC=folder) into outputs/ (or OUT=folder)
	$(BIN)/ntm-extract run $(SRC) --out $(OUT)

test: setup-test lint  ## lint, types and every test, with coverage
	$(BIN)/pytest --cov --cov-report=term:skip-covered

setup: $(VENV)/.compiled  ## system packages and the virtual environment

# Debian's names of what must be there: the recogniser, its Vietnamese data, the PDF renderer, venv.
$(VENV)/.installed: pyproject.toml constraints.txt
	@missing=(); \
	command -v tesseract >/dev/null || missing+=(tesseract-ocr); \
	tesseract --list-langs 2>/dev/null | grep -qx vie || missing+=(tesseract-ocr-vie); \
	tesseract --list-langs 2>/dev/null | grep -qx osd || missing+=(tesseract-ocr-osd); \
	command -v pdftoppm >/dev/null || missing+=(poppler-utils); \
	python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv); \
	if (( $${#missing[@]} )); then \
	  echo "installing $${missing[*]}"; \
	  command -v apt-get >/dev/null || { echo "make: install by hand: $${missing[*]}" >&2; exit 1; }; \
	  as_root=(); (( EUID == 0 )) || as_root=(sudo); \
	  "$${as_root[@]}" apt-get update -qq && \
	  "$${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null \
	    || { echo "make: could not install $${missing[*]}; install them by hand and run make again" >&2; exit 1; }; \
	fi
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: needs Python 3.11 or newer" >&2; exit 1; }
	@test -x $(BIN)/python || python3 -m venv $(VENV)
	@echo "installing Python packages into $(VENV)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt --only-binary tesserocr -e '.[fast]' 2>/dev/null \
	  || echo "no tesserocr for this machine: pages are read by the tesseract program, a third slower"
	@touch $@

# Compiled code is kept beside its source, but not known to be old where a function that it calls has changed elsewhere.
$(VENV)/.compiled: $(VENV)/.installed $(shell grep -lr "ntm_extract.compiled import" ntm_extract)
	@find ntm_extract -name '*.nb[ic]' -delete
	@echo "loading the models once, so that the compiled decoder is ready"
	@echo "kiem tra" | $(BIN)/ntm-extract repair - >/dev/null
	@touch $@

setup-test: setup $(VENV)/.installed-test

$(VENV)/.installed-test: $(VENV)/.installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

test-faults: setup-test  ## the slow tests: hanging and dying pages, kill -9 at 50 moments, another world (half an hour)
	$(BIN)/pytest --no-cov tests/faults

lint: setup-test  ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup-test  ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: setup-test  ## two million random strings through repair: no number may change (goes on where it stopped)
	$(BIN)/python -m bench.fuzz

fuzz-files: setup-test  ## five thousand damaged samples through a whole run: none may raise, kill a worker or go missing
	$(BIN)/python -m bench.fuzz_files

bench: $(VENV)/.installed-bench  ## measure again all that docs/ states: accuracy, performance, trust, faults, and peers where they are installed
	$(BIN)/python -m bench

bench-peers: $(VENV)/.installed-bench build/peers/.installed  ## install OCRmyPDF, Kreuzberg and pyvi into build/peers and measure beside them
	$(BIN)/python -m bench peers

$(VENV)/.installed-bench: $(VENV)/.installed-test
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

# Apart from our own environment: what peers ask for must not change what ours are measured with.
build/peers/.installed: Makefile
	@command -v gs >/dev/null || { echo "make: OCRmyPDF needs Ghostscript: apt-get install ghostscript" >&2; exit 1; }
	@mkdir -p build && python3 -m venv build/peers
	@build/peers/bin/python -m pip install -q --disable-pip-version-check ocrmypdf==17.13.0 kreuzberg==4.10.4 pyvi==0.1.1 img2table==2.0.0
	@touch $@

models: setup-test  ## rebuild models/ from ../shared/corpora (an hour; see models/repair.md, models/ner.md)
	$(BIN)/python -m training.noise ../shared/corpora build/noise.tsv --pages 110 --seed 7
	$(BIN)/python -m training.lexicon ../shared/corpora ../shared/lists
	$(BIN)/python -m training.language_model ../shared/corpora ../shared/lists --without ../shared/texts/in/composed_*
	$(BIN)/python -m training.casing ../shared/corpora --without ../shared/texts/in/composed_*
	$(BIN)/python -m training.channel ../shared build/noise.tsv
	$(BIN)/python -m training.ner ../shared/corpora --without ../shared/texts/in/composed_*
	$(BIN)/python -m training.recogniser ../shared/corpora ../shared/tessdata/viefloat.traineddata.xz models/tessdata

samples: setup-test  ## rebuild samples/ from samples/source (needs the fonts named in samples/README.md)
	$(BIN)/python -m training.samples

clean:  ## remove outputs and everything installed or cached here
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find outputs -mindepth 1 ! -name .gitkeep -delete

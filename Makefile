# casus: the commands that always work. `make help` lists them.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
RELEASE := build/release
CASUS := $(RELEASE)/casus

.PHONY: help demo test test-asan fuzz bench bench-language train web lint format golden-update setup clean

help:
	@echo "make demo     build, read examples/ into a record, print its events, say how to open it"
	@echo "make test     build and run all tests"
	@echo "make test-asan  the same tests under address and undefined-behaviour sanitizers"
	@echo "make fuzz     build the fuzz targets and run each for SECONDS (default 60)"
	@echo "make bench    measure, beside peers, and write bench/RESULTS.md"
	@echo "make bench-language  the parser beside spaCy and UDPipe, into bench/RESULTS.md (needs ../shared/data)"
	@echo "make train LANG=xx   train models/xx.casm anew: en es fr pt ru uk (needs ../shared/data; training/README.md)"
	@echo "make web      build the demo record and serve it on loopback"
	@echo "make lint     formatting and clang-tidy"
	@echo "make golden-update  rewrite the golden files from this build, for review with git diff"

setup:
	@scripts/setup.sh

$(CASUS): setup
	@cmake --preset release >/dev/null
	@echo "casus: building (release, $(JOBS) jobs)"
	@cmake --build --preset release -j $(JOBS) --target casus_program casus_knowledge_file

demo: $(CASUS)
	@scripts/demo.sh $(CASUS)

test: setup
	@cmake --preset release >/dev/null
	@echo "casus: building the program and its tests (release, $(JOBS) jobs)"
	@cmake --build --preset release -j $(JOBS)
	@ctest --preset release -j $(JOBS)

test-asan: setup
	@cmake --preset asan >/dev/null
	@echo "casus: building under sanitizers ($(JOBS) jobs)"
	@cmake --build --preset asan -j $(JOBS)
	@ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 ctest --preset asan -j $(JOBS) -L unit

fuzz: setup
	@scripts/fuzz.sh $${SECONDS_EACH:-60}

bench: $(CASUS)
	@scripts/bench.sh $(CASUS)

bench-language: $(CASUS)
	@scripts/bench_language.sh $(CASUS)

# LANG is the shell's word for its locale too, so only a bare code is taken.
train: $(CASUS)
	@case "$(LANG)" in en|es|fr|pt|ru|uk) ;; *) echo "usage: make train LANG=en|es|fr|pt|ru|uk" >&2; exit 2;; esac
	@CASUS=$(abspath $(CASUS)) training/run.sh $(LANG) ../shared/data

web: $(CASUS)
	@scripts/demo.sh $(CASUS) --quiet
	@$(CASUS) serve demo.db

lint: setup
	@scripts/lint.sh

format:
	@git ls-files '*.h' '*.cc' | xargs clang-format-14 -i

golden-update: $(CASUS)
	@scripts/golden.sh $(CASUS) --update

clean:
	rm -rf build demo.db demo.db-wal demo.db-shm

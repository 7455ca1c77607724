# What people type. Everything is built once: build, test and run share one configuration and one set of flags, for a changed
# flag compiles every module again. Leave SWIFT_FLAGS alone and a plain `swift build` by hand shares the work too. (The index store stays on: SwiftPM
# finds XCTest cases through it, and fails without it.)
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
export SWIFT_FLAGS ?=
timed := scripts/timed.sh
tests := scripts/run-tests.py $(SWIFT_FLAGS) --disable-xctest --skip-build
processes := LocalEngineTests|PipectlCommandsTests|EngineConformanceTests

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check smoke soak oracle bench fmt generate bootstrap-demo bootstrap-test lint imports hygiene build generated

help: ## print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: bootstrap-demo ## install what is missing, build, and run a first pipeline
	@$(timed) "build pipectl (the first time takes some minutes)" swift build $(SWIFT_FLAGS) --product pipectl
	@PIPECTL="$$(swift build --show-bin-path)/pipectl" scripts/demo.sh

# Tests that watch real processes do not share the cores with those that only compute, and the end-to-end tests, which kill and cut
# real runs at given moments, share them with nothing.
test: bootstrap-test check ## install what is missing, run the checks, then every test
	@$(timed) "schema, by an independent validator" scripts/check-schema.sh
	@$(timed) "SARIF, hook and action, as CI systems run them" scripts/check-ci.sh
	@$(timed) "tests" $(tests) --skip '$(processes)|EndToEndTests'
	@$(timed) "tests with processes" $(tests) --filter '$(processes)'
	@$(MAKE) soak SOAK=$(or $(SOAK),120)
	@$(timed) "the walk through docs/operating.md" scripts/walk.py --pipectl "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/pipectl"
	@$(timed) "tests, end to end" $(tests) --filter EndToEndTests --skip MatrixTests
	@$(timed) "tests, taps and targets" $(tests) --filter MatrixTests

check: lint imports hygiene build generated ## format, import arrows, hygiene, no warnings, generated files fresh

smoke: ## build and test the pure core alone, in under a minute
	@$(timed) "smoke" scripts/smoke.sh

fmt: ## format every Swift file in place
	@swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

generate: ## write the JSON Schema, the manifest reference and the list of diagnostics anew
	@scripts/generate.sh

bootstrap-demo:
	@scripts/bootstrap.sh demo

bootstrap-test:
	@scripts/bootstrap.sh test

lint:
	@$(timed) "format" swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

imports:
	@$(timed) "import arrows" scripts/check-imports.py

hygiene:
	@$(timed) "hygiene" scripts/check-hygiene.py
	@$(timed) "laws" scripts/check-laws.py
	@$(timed) "checks of the checks" scripts/test-checks.sh

# Every target, tests too; each treats its warnings as errors.
build:
	@$(timed) "build" swift build $(SWIFT_FLAGS) --build-tests

generated: build
	@$(timed) "generated files" scripts/check-generated.sh

# The seed is printed; SEED=… strikes at the same moments again.
soak: build ## kill a real controller for ten minutes, and check its history (SOAK=seconds)
	@$(timed) "soak" scripts/soak.py --pipectl "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/pipectl" --seconds $(or $(SOAK),600) $(addprefix --seed ,$(SEED))

# `make test` tries one transition of each kind; this one tries them all, under every policy, forwards and backwards.
oracle: build ## compare slots with a walk minute by minute around every transition of every zone, 1970 to 2100
	@PIPECTL_ORACLE=all $(timed) "oracle" $(tests) --filter 'TransitionOracleTests|ZoneDataTests'

# Figures are worth something on a quiet machine only, so this is no part of `make test`.
bench_flags := --scale $(or $(SCALE),full) $(foreach group,$(ONLY),--only $(group)) $(if $(RECORD),--record .)
bench: bootstrap-demo ## take the figures of docs/performance.md (RECORD=1 writes them down; ONLY=compile; SCALE=tiny)
	@$(timed) "release build" swift build $(SWIFT_FLAGS) -c release --product pipectl
	@$(timed) "release build of the simulator" swift build $(SWIFT_FLAGS) -c release --product simulate
	@$(timed) "build of the bench" swift build --package-path Benchmarks -c release
	@$(timed) "bench" "$$(swift build --package-path Benchmarks -c release --show-bin-path)/PipectlBench" \
	  --pipectl "$$(swift build $(SWIFT_FLAGS) -c release --show-bin-path)/pipectl" $(bench_flags)

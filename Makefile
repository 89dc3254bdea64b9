# Needs make and Python 3.11+ alone: .ci/uv.py brings uv, uv brings what uv.lock names into .venv/.
PYTHON ?= python3
UV = $(PYTHON) .ci/uv.py
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: run test check bench torture help

run:  ## start studybot (options: make run ARGS="--config config.toml")
	@$(UV) run --frozen --no-dev studybot run $(ARGS)

test:  ## run the tests in random order, on all processors (options: make test ARGS="-k settle")
	@$(UV) run --frozen pytest -n auto --dist worksteal $(ARGS)

check:  ## lint, format, types, import contract and lock, as on every commit
	@$(UV) run --frozen pre-commit run --all-files --show-diff-on-failure

bench:  ## measure speed against the targets
	@$(UV) run --frozen python -m benchmarks $(ARGS)

torture:  ## the long tests, and every property test with many more examples
	@STUDYBOT_TORTURE=1 $(UV) run --frozen pytest -m "torture or hypothesis" $(ARGS)

help:  ## this list
	@sed -n 's/^\([a-z]*\):  ## \(.*\)/make \1	\2/p' Makefile

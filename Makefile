# `make run` and `make test` do all their own set-up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
BENCH_DATA ?=
# For the sample on this machine alone. In earnest both come from where you keep secrets.
LARKSPUR_SHOP_TOKEN ?= larkspur-sample
WELLKEPT_IDENTITY_SECRET ?= sample-secret-for-trying-out-on-this-machine
CUSTOMER ?= c-1001

.PHONY: run backend token test check lint bench forty docs clean

run backend token: export LARKSPUR_SHOP_TOKEN := $(LARKSPUR_SHOP_TOKEN)
run backend token: export WELLKEPT_IDENTITY_SECRET := $(WELLKEPT_IDENTITY_SECRET)

run: $(READY)
	@trap 'kill $$shop $$server 2>/dev/null; wait' EXIT; trap 'exit 130' INT TERM; \
	$(BIN)/python sample/backend/app.py & shop=$$!; \
	$(BIN)/wellkept release --config sample/wellkept.toml || exit; \
	$(BIN)/wellkept serve --config sample/wellkept.toml & server=$$!; wait $$server

backend: $(READY)
	@$(BIN)/python sample/backend/app.py

token: $(READY)
	@$(BIN)/wellkept token --config sample/wellkept.toml --customer $(CUSTOMER)

test: $(READY)
	@$(BIN)/pytest -n auto --maxprocesses 4

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lint: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY)
	@$(BIN)/python -m tests.bench $(if $(BENCH_DATA),--data $(BENCH_DATA)) $(BENCH_ARGS)

# Twenty changes for the worse, which the gate is to refuse, and twenty harmless ones.
forty: $(READY)
	@$(BIN)/python -m tests.forty $(FORTY_ARGS)

docs: $(READY)
	@$(BIN)/python -m tests.docs

clean:
	rm -rf .venv .wellkept

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v == (3, 11) else f"Wellkept needs Python 3.11, this is {v[0]}.{v[1]}; set PYTHON=/path/to/python3.11")'
	@echo "Installing into .venv (a few minutes the first time) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt torch
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

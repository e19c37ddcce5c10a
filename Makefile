# Ungveiviser. `make help` lists what can be done.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export UV_PYTHON_DOWNLOADS := never

.PHONY: help start test setup setup-dev train check lint types validate vectors evaluate simulate bench fuzz load crash lock names clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

start: setup  ## set everything up and run the whole bot (PORT=8000)
	@exec $(BIN)/python -m bot.run

test: setup-dev train  ## set up what the tests need and run every test
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(ARGS)

setup:  ## the environment to run the bot
	@sh scripts/setup run

setup-dev:  ## the environment to develop and test
	@sh scripts/setup dev

train: setup  ## train the models that are not current
	@$(BIN)/python -m bot.train

vectors: setup  ## compute the sentence vectors of new training messages (data/nlu/vectors)
	@$(BIN)/python -m bot.train --vectors

check: setup-dev lint types validate  ## linter, types, Rasa's data validation, catalogs

lint:
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types:
	@$(BIN)/mypy

validate:
	@$(BIN)/python -m service_catalog check service_catalog/catalogs

evaluate: train  ## score the code on our own test split
	@$(BIN)/python -m bot.evaluate tests/evaluation/test.jsonl

simulate: train  ## play our own test conversations
	@$(BIN)/python -m bot.simulate tests/evaluation/conversations.jsonl

fuzz: setup-dev  ## damage catalogs at random: only faults and warnings may come out (ARGS="--seed 7")
	@$(BIN)/python -m tests.service_catalog.fuzz $(ARGS)

load: setup-dev train  ## 60 human chats at once: how fast, anything lost? (ARGS="--chats 60 --seconds 60")
	@$(BIN)/python -W ignore -m tests.bench.load $(ARGS)

crash: setup-dev train  ## kill -9 of every part through 500 cases: anything lost? (ARGS="--cases 500")
	@$(BIN)/python -W ignore -m tests.bench.crash $(ARGS)

names: setup  ## fetch the recommended Norwegian model for masking names (needs spaCy's own download site)
	@$(BIN)/uv pip install --python $(BIN)/python "nb_core_news_sm @ https://github.com/explosion/spacy-models/releases/download/nb_core_news_sm-3.4.0/nb_core_news_sm-3.4.0-py3-none-any.whl"

bench: setup  ## measure loading and finding with catalogs for the whole country
	@$(BIN)/python -m service_catalog.bench

lock: setup  ## compile the lock files anew (needs Python 3.10 and 3.11)
	@sh scripts/lock

clean:  ## remove environment, models and run-time files
	rm -rf $(VENV) models var .pytest_cache .mypy_cache .ruff_cache .hypothesis .rasa

# The words of CONTRIBUTING.md. `just --list` shows them.

# Install for development
setup:
    pip install -e '.[dev]'

# Code the example article
run:
    dateline code examples/article.txt --date 2024-03-13 --format table

# All tests
test:
    pytest

# Lint, format, types
lint:
    ruff check .
    ruff format --check .
    mypy

# Measure: just bench NAME PATH
bench name path:
    python -m bench {{name}} {{path}}

# Write what in the documents is copied from the program
docs:
    python docs/make_reference.py
    python -m bench.report

# Write the rows of constructions.tsv that the coder does not get right yet
open-rows:
    python tests/articles/test_constructions.py

# All that CI does
ci:
    .ci/run

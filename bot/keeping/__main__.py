"""Prints the table of docs/privacy.md."""

from __future__ import annotations

import sys

from bot.keeping import Times, table

sys.stdout.write(f"{table(Times.load())}\n")

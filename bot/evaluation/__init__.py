"""Scoring the code as it is, on files of the evaluation format."""

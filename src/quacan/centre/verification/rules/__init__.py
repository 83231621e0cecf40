"""Decisions of verification on plain values: the files of benches."""

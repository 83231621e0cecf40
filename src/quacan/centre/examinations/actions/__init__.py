"""What is done with an examination, whatever its subject is."""

from quacan.centre.examinations.actions.opening import write_examinations

__all__ = ["write_examinations"]

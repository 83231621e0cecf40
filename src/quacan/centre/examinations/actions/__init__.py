"""What is done with an examination, whatever its subject is; called inside the actions of its kind."""

from quacan.centre.examinations.actions.checking import approve, frozen_budgets, send_back, submit
from quacan.centre.examinations.actions.opening import begin, write_examinations
from quacan.centre.examinations.actions.recording import (
    append_readings,
    choose_standard,
    new_run,
    propose_missing,
    write_conditions,
    write_readings,
)

__all__ = [
    "append_readings",
    "approve",
    "begin",
    "choose_standard",
    "frozen_budgets",
    "new_run",
    "propose_missing",
    "send_back",
    "submit",
    "write_conditions",
    "write_examinations",
    "write_readings",
]

"""What is done with contracts, orders and jobs."""

from quacan.centre.contracts.actions.agreeing import (
    accept_contract,
    cancel_contract,
    change_contract,
    record_contract,
    reopen_contract,
    report_done,
    review_contract,
    sign_contract,
)
from quacan.centre.contracts.actions.drafting import ContractDraft
from quacan.centre.contracts.actions.working import (
    JobPlan,
    add_jobs,
    cancel_job,
    finish_job,
    order_work,
    reassign_job,
    reopen_job,
    start_job,
    start_jobs,
)

__all__ = [
    "ContractDraft",
    "JobPlan",
    "accept_contract",
    "add_jobs",
    "cancel_contract",
    "cancel_job",
    "change_contract",
    "finish_job",
    "order_work",
    "reassign_job",
    "record_contract",
    "reopen_contract",
    "reopen_job",
    "report_done",
    "review_contract",
    "sign_contract",
    "start_job",
    "start_jobs",
]

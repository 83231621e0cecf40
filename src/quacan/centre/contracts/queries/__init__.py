"""Reads of contracts, orders and jobs."""

from quacan.centre.contracts.queries.books import (
    contract_seen_by,
    contracts_of,
    contracts_seen_by,
    job_seen_by,
    jobs_of,
    jobs_seen_by,
    order_seen_by,
    orders_seen_by,
    overdue,
    possible_performers,
    postings,
    sees_prices,
)
from quacan.centre.contracts.queries.progress import contract_totals, jobs_living, line_progress

__all__ = [
    "contract_seen_by",
    "contract_totals",
    "contracts_of",
    "contracts_seen_by",
    "job_seen_by",
    "jobs_living",
    "jobs_of",
    "jobs_seen_by",
    "line_progress",
    "order_seen_by",
    "orders_seen_by",
    "overdue",
    "possible_performers",
    "postings",
    "sees_prices",
]

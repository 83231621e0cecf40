"""Reads of certificates, notices and stamps."""

from quacan.centre.certificates.queries.proofs import flaws, postings
from quacan.centre.certificates.queries.public import PublicCheck, public_checks
from quacan.centre.certificates.queries.records import (
    STANDINGS,
    outcome,
    outcomes,
    paper_file,
    record_paper,
    standing_of,
    with_standing,
)
from quacan.centre.certificates.queries.signing import MOST, SheetToSign, may_sign, sheets_to_sign, to_sign
from quacan.centre.certificates.queries.stamps import (
    Reconciliation,
    StampsInHand,
    batches,
    may_manage,
    possible_holders,
    stamp,
    stamp_reconciliation,
    stamps,
    stamps_in_hand,
)

__all__ = [
    "MOST",
    "STANDINGS",
    "PublicCheck",
    "Reconciliation",
    "SheetToSign",
    "StampsInHand",
    "batches",
    "flaws",
    "may_manage",
    "may_sign",
    "outcome",
    "outcomes",
    "paper_file",
    "possible_holders",
    "postings",
    "public_checks",
    "record_paper",
    "sheets_to_sign",
    "stamp",
    "stamp_reconciliation",
    "stamps",
    "stamps_in_hand",
    "standing_of",
    "to_sign",
    "with_standing",
]

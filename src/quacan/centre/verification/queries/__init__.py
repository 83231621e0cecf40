"""Reads of worksheets: records, proofs, and who may measure."""

from quacan.centre.verification.queries.competence import instrument_extent
from quacan.centre.verification.queries.proofs import CHUNK, flaws, postings, submitted
from quacan.centre.verification.queries.worksheets import (
    photo_file,
    seal_positions,
    waiting_jobs,
    worksheet,
    worksheets,
)

__all__ = [
    "CHUNK",
    "flaws",
    "instrument_extent",
    "photo_file",
    "postings",
    "seal_positions",
    "submitted",
    "waiting_jobs",
    "worksheet",
    "worksheets",
]

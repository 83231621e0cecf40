"""Reads of the quality system: what rests on what, simulations, nonconformities."""

from quacan.centre.quality.queries.impact import (
    affected,
    effect_counts,
    parties_affected,
    recomputed_row,
    simulation,
    simulation_rows,
    simulations,
    unissued_in_doubt,
)
from quacan.centre.quality.queries.notices import notice_head, notice_line
from quacan.centre.quality.queries.realisations import realisations, realisations_of
from quacan.centre.quality.queries.records import (
    flaws,
    follow_ups_of,
    frozen_rows,
    likely_owner,
    may_record,
    nonconformities,
    nonconformity,
    notice,
    open_follow_ups_of,
)
from quacan.centre.quality.queries.traceability import (
    Branch,
    Link,
    Tree,
    certificate_tree,
    outcomes_resting_on,
    standard_chains,
)

__all__ = [
    "Branch",
    "Link",
    "Tree",
    "affected",
    "certificate_tree",
    "effect_counts",
    "flaws",
    "follow_ups_of",
    "frozen_rows",
    "likely_owner",
    "may_record",
    "nonconformities",
    "nonconformity",
    "notice",
    "notice_head",
    "notice_line",
    "open_follow_ups_of",
    "outcomes_resting_on",
    "parties_affected",
    "realisations",
    "realisations_of",
    "recomputed_row",
    "simulation",
    "simulation_rows",
    "simulations",
    "standard_chains",
    "unissued_in_doubt",
]

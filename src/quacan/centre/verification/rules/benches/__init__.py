"""Files of test benches: read the table, know its columns, match its rows to units, say what a batch comes to. Pure."""

from quacan.centre.verification.rules.benches.figures import (
    NEAR,
    BatchFigures,
    PointFigures,
    batch_figures,
    histogram,
)
from quacan.centre.verification.rules.benches.mapping import (
    CellName,
    Mapping,
    MappingRefused,
    cell_names,
    guess,
    read_mapping,
)
from quacan.centre.verification.rules.benches.matching import FileRow, Problem, Unit, matched, sentence
from quacan.centre.verification.rules.benches.reading import MOST_MEGABYTES, MOST_ROWS, Table, read_table
from quacan.centre.verification.rules.benches.weighing import Weighed, weigh, weighed

__all__ = [
    "MOST_MEGABYTES",
    "MOST_ROWS",
    "NEAR",
    "BatchFigures",
    "CellName",
    "FileRow",
    "Mapping",
    "MappingRefused",
    "PointFigures",
    "Problem",
    "Table",
    "Unit",
    "Weighed",
    "batch_figures",
    "cell_names",
    "guess",
    "histogram",
    "matched",
    "read_mapping",
    "read_table",
    "sentence",
    "weigh",
    "weighed",
]

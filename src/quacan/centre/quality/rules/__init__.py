"""What a worksheet would have come to had the value of one of its standards been known. Pure, fail-closed.

The deviation d is the standard's true value less the value its certificate states, in a unit or in per cent of
the value. Nothing typed is altered: adjusted texts are made beside the readings and the frozen procedure is run
once more with them. How the value of a standard enters a step is declared data (`Realisation`):

* ``reading``: the cell holds the standard's value as stated, so the true one is cell + d. An error
  indication − reference falls by d.
* ``nominal``: the standard realised the nominal value. Since E = indication − nominal, running with
  indication − d gives the E of nominal + d while limits stay those of the marked nominal. That both are equal is
  proved on the numbers of every row; where it does not hold the sheet is undetermined.
* ``nominal_ratio``: the same for E = (indication − nominal)/nominal, with indication · nominal/(nominal + d).
* ``percent_error``: the cell holds a relative error (W − Ws)/Ws in per cent, so with the true Ws(1 + d/100) it is
  (100 + cell)/(1 + d/100) − 100. Needs d in per cent.
* ``none``: the standard's value does not enter. ``unknown`` or undeclared: the cells of the step are taken away,
  and a pass that is left is no pass.

Limits, uncertainties, guard bands and conditions stay as they were; d is the same at every point (in per cent: the
same share of every value). Whatever cannot be recomputed is undetermined, never silently a pass.
"""

from quacan.centre.quality.rules.recomputing import effect_of, recompute, unfinished
from quacan.centre.quality.rules.values import (
    By,
    Deviation,
    Effect,
    Realisation,
    Realisations,
    Recomputed,
    Tightest,
    Typed,
    Why,
    counts_of,
    period_problem,
    read_deviation,
)

__all__ = [
    "By",
    "Deviation",
    "Effect",
    "Realisation",
    "Realisations",
    "Recomputed",
    "Tightest",
    "Typed",
    "Why",
    "counts_of",
    "effect_of",
    "period_problem",
    "read_deviation",
    "recompute",
    "unfinished",
]

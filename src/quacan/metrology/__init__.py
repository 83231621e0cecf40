"""Metrology as a library: models, uncertainty, Monte Carlo, conformity, fitting, comparison, intervals, reporting.

Names are loaded when they are first used, so that opening the library costs next to nothing:

>>> from quacan.metrology import InputQuantity, measurement_model, propagate
>>> y = propagate(measurement_model("m / V"), {"m": InputQuantity(10.0, 0.1), "V": InputQuantity(2.0, 0.0)})
>>> round(y.outputs["y"].u, 3)
0.05

What stands here is what a metrologist needs daily; every room (``quacan.metrology.fitting``, ``.disciplines`` …)
has more.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quacan.metrology.comparison import (
        algorithm_a,
        en_score,
        weighted_mean,
        youden_pairs,
        z_prime_score,
        z_score,
        zeta_score,
    )
    from quacan.metrology.conformity import (
        Decision,
        DecisionRule,
        RuleKind,
        State,
        Verdict,
        conformance_probability,
        decide_exact,
        decide_many,
        gamma_prior,
        global_guard_band,
        global_risk,
        global_risks,
        judge,
        normal_global_risks,
        normal_prior,
        specific_guard_band,
    )
    from quacan.metrology.control_charts import (
        averages_chart,
        cusum_chart,
        ewma_chart,
        individuals_chart,
    )
    from quacan.metrology.correlations import correlate
    from quacan.metrology.distributions import (
        Arcsine,
        CurvilinearTrapezoid,
        Exponential,
        Gamma,
        Normal,
        Rectangular,
        StudentT,
        Trapezoidal,
        Triangular,
    )
    from quacan.metrology.engine_version import ENGINE_VERSION
    from quacan.metrology.expressions import (
        evaluate_decimal,
        parse,
    )
    from quacan.metrology.fitting import (
        fit_line,
        fit_line_both_axes,
        fit_polynomial,
    )
    from quacan.metrology.inputs import (
        InputQuantity,
        RelativeUncertainty,
        from_certificate,
        from_distribution,
        from_half_width,
        from_samples,
    )
    from quacan.metrology.intervals import (
        interval_a3,
        interval_drift,
        interval_s2,
        interval_staircase,
        interval_variables,
    )
    from quacan.metrology.limits import (
        Interval,
        LimitTable,
        limit_at,
        read_limits,
    )
    from quacan.metrology.model import (
        implicit_model,
        measurement_model,
    )
    from quacan.metrology.montecarlo import (
        MonteCarloSettings,
        monte_carlo,
        validate,
    )
    from quacan.metrology.propagation import (
        ComplexInput,
        Coverage,
        InputColumn,
        propagate,
        propagate_columns,
        propagate_complex,
        propagate_second_order,
    )
    from quacan.metrology.rounding import (
        RoundingMode,
        concise_text,
        exact,
        report,
        round_to,
        round_uncertainty,
    )
    from quacan.metrology.statistics import (
        autocorrelated_mean,
        cochran,
        dixon,
        gauge_study_anova,
        grubbs,
        one_way_anova,
        pooled_deviation,
        type_a,
    )
    from quacan.metrology.units import (
        convert,
        convert_difference,
        unit_named,
    )

_NAMES_OF = {
    "comparison": (
        "algorithm_a",
        "en_score",
        "weighted_mean",
        "youden_pairs",
        "z_prime_score",
        "z_score",
        "zeta_score",
    ),
    "conformity": (
        "Decision",
        "DecisionRule",
        "RuleKind",
        "State",
        "Verdict",
        "conformance_probability",
        "decide_exact",
        "decide_many",
        "gamma_prior",
        "global_guard_band",
        "global_risk",
        "global_risks",
        "judge",
        "normal_global_risks",
        "normal_prior",
        "specific_guard_band",
    ),
    "control_charts": (
        "averages_chart",
        "cusum_chart",
        "ewma_chart",
        "individuals_chart",
    ),
    "correlations": ("correlate",),
    "distributions": (
        "Arcsine",
        "CurvilinearTrapezoid",
        "Exponential",
        "Gamma",
        "Normal",
        "Rectangular",
        "StudentT",
        "Trapezoidal",
        "Triangular",
    ),
    "engine_version": ("ENGINE_VERSION",),
    "expressions": (
        "evaluate_decimal",
        "parse",
    ),
    "fitting": (
        "fit_line",
        "fit_line_both_axes",
        "fit_polynomial",
    ),
    "inputs": (
        "InputQuantity",
        "RelativeUncertainty",
        "from_certificate",
        "from_distribution",
        "from_half_width",
        "from_samples",
    ),
    "intervals": (
        "interval_a3",
        "interval_drift",
        "interval_s2",
        "interval_staircase",
        "interval_variables",
    ),
    "limits": (
        "Interval",
        "LimitTable",
        "limit_at",
        "read_limits",
    ),
    "model": (
        "implicit_model",
        "measurement_model",
    ),
    "montecarlo": (
        "MonteCarloSettings",
        "monte_carlo",
        "validate",
    ),
    "propagation": (
        "ComplexInput",
        "Coverage",
        "InputColumn",
        "propagate",
        "propagate_columns",
        "propagate_complex",
        "propagate_second_order",
    ),
    "rounding": (
        "RoundingMode",
        "concise_text",
        "exact",
        "report",
        "round_to",
        "round_uncertainty",
    ),
    "statistics": (
        "autocorrelated_mean",
        "cochran",
        "dixon",
        "gauge_study_anova",
        "grubbs",
        "one_way_anova",
        "pooled_deviation",
        "type_a",
    ),
    "units": (
        "convert",
        "convert_difference",
        "unit_named",
    ),
}
_ROOM_OF = {name: room for room, names in _NAMES_OF.items() for name in names}

__all__ = [
    "ENGINE_VERSION",
    "Arcsine",
    "ComplexInput",
    "Coverage",
    "CurvilinearTrapezoid",
    "Decision",
    "DecisionRule",
    "Exponential",
    "Gamma",
    "InputColumn",
    "InputQuantity",
    "Interval",
    "LimitTable",
    "MonteCarloSettings",
    "Normal",
    "Rectangular",
    "RelativeUncertainty",
    "RoundingMode",
    "RuleKind",
    "State",
    "StudentT",
    "Trapezoidal",
    "Triangular",
    "Verdict",
    "algorithm_a",
    "autocorrelated_mean",
    "averages_chart",
    "cochran",
    "concise_text",
    "conformance_probability",
    "convert",
    "convert_difference",
    "correlate",
    "cusum_chart",
    "decide_exact",
    "decide_many",
    "dixon",
    "en_score",
    "evaluate_decimal",
    "ewma_chart",
    "exact",
    "fit_line",
    "fit_line_both_axes",
    "fit_polynomial",
    "from_certificate",
    "from_distribution",
    "from_half_width",
    "from_samples",
    "gamma_prior",
    "gauge_study_anova",
    "global_guard_band",
    "global_risk",
    "global_risks",
    "grubbs",
    "implicit_model",
    "individuals_chart",
    "interval_a3",
    "interval_drift",
    "interval_s2",
    "interval_staircase",
    "interval_variables",
    "judge",
    "limit_at",
    "measurement_model",
    "monte_carlo",
    "normal_global_risks",
    "normal_prior",
    "one_way_anova",
    "parse",
    "pooled_deviation",
    "propagate",
    "propagate_columns",
    "propagate_complex",
    "propagate_second_order",
    "read_limits",
    "report",
    "round_to",
    "round_uncertainty",
    "specific_guard_band",
    "type_a",
    "unit_named",
    "validate",
    "weighted_mean",
    "youden_pairs",
    "z_prime_score",
    "z_score",
    "zeta_score",
]


def __getattr__(name: str) -> Any:
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(f"module 'quacan.metrology' has no attribute {name!r}")
    return getattr(import_module(f"quacan.metrology.{room}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

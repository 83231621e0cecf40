"""What repeated readings say: Type A evaluation, analysis of variance, outliers, gauge studies."""

from quacan.metrology.statistics.gauge import GaugeStudy, gauge_study_anova, gauge_study_range
from quacan.metrology.statistics.outliers import OutlierTest, cochran, dixon, grubbs
from quacan.metrology.statistics.repeated import (
    AutocorrelatedMean,
    PooledDeviation,
    TypeA,
    autocorrelated_mean,
    pooled_deviation,
    pooled_deviation_of_groups,
    type_a,
)
from quacan.metrology.statistics.variance import (
    OneWayAnova,
    one_way_anova,
    one_way_anova_of_summary,
)

__all__ = [
    "AutocorrelatedMean",
    "GaugeStudy",
    "OneWayAnova",
    "OutlierTest",
    "PooledDeviation",
    "TypeA",
    "autocorrelated_mean",
    "cochran",
    "dixon",
    "gauge_study_anova",
    "gauge_study_range",
    "grubbs",
    "one_way_anova",
    "one_way_anova_of_summary",
    "pooled_deviation",
    "pooled_deviation_of_groups",
    "type_a",
]

"""Control charts: is the measuring process still the one that was characterised? (ISO 7870)."""

from quacan.metrology.control_charts.constants import (
    ChartConstants,
    chart_constants,
    deviation_mean,
    range_deviation,
    range_mean,
    range_mean_of_one_sample,
)
from quacan.metrology.control_charts.cumulative import CusumChart, EwmaChart, cusum_chart, ewma_chart
from quacan.metrology.control_charts.shewhart import (
    ControlChart,
    Limits,
    Signal,
    averages_chart,
    individuals_chart,
    signals,
)

__all__ = [
    "ChartConstants",
    "ControlChart",
    "CusumChart",
    "EwmaChart",
    "Limits",
    "Signal",
    "averages_chart",
    "chart_constants",
    "cusum_chart",
    "deviation_mean",
    "ewma_chart",
    "individuals_chart",
    "range_deviation",
    "range_mean",
    "range_mean_of_one_sample",
    "signals",
]

"""Comparing laboratories and results: scores, robust statistics, weighted means, Youden pairs."""

from quacan.metrology.comparison.consensus import WeightedMean, weighted_mean
from quacan.metrology.comparison.robust import (
    RobustEstimate,
    algorithm_a,
    algorithm_s,
    median_absolute_deviation,
    normalised_interquartile_range,
)
from quacan.metrology.comparison.scores import Grade, Score, en_score, z_prime_score, z_score, zeta_score
from quacan.metrology.comparison.youden import YoudenPairs, youden_pairs

__all__ = [
    "Grade",
    "RobustEstimate",
    "Score",
    "WeightedMean",
    "YoudenPairs",
    "algorithm_a",
    "algorithm_s",
    "en_score",
    "median_absolute_deviation",
    "normalised_interquartile_range",
    "weighted_mean",
    "youden_pairs",
    "z_prime_score",
    "z_score",
    "zeta_score",
]

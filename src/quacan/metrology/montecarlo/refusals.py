"""Why a Monte Carlo calculation is refused."""


class MonteCarloRefused(ValueError):
    """A Monte Carlo calculation that cannot be done: one sentence naming the obstacle and the remedy."""

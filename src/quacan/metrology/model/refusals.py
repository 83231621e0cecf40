"""Why a measurement model is refused."""


class ModelRefused(ValueError):
    """A model that cannot be built or evaluated: one sentence naming the obstacle and the remedy."""

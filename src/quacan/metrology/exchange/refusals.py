"""How a request that cannot be answered is refused."""


class RequestRefused(ValueError):
    """A request that cannot be answered: one sentence naming the field and the remedy."""

"""The version of the arithmetic: raised whenever the same request would give other digits."""

from typing import Final

ENGINE_VERSION: Final = "1.0"

"""Everything printed: one frozen value in, the bytes of one file out. No database, no request, no clock."""

from quacan.centre.base.paper.composition import Bilingual, composed, plain_data
from quacan.centre.base.paper.refusal import PaperRefused

__all__ = ["Bilingual", "PaperRefused", "composed", "plain_data"]

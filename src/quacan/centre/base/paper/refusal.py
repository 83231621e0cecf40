"""The one refusal of the printing rooms: no file rather than half a file."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class PaperRefused(Refusal):
    """A paper that may not or cannot be printed; `problems` is the complete list, one sentence each."""

    obstacle = _("Không in được {paper}: {why}")
    remedy = _("Sửa các điểm đã nêu rồi in lại.")

    def __init__(self, *, paper: str, problems: Iterable[str]) -> None:
        self.problems = tuple(str(problem) for problem in problems)
        super().__init__(paper=paper, why=" ".join(self.problems))

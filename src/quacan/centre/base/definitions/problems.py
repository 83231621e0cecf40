"""What is wrong with a definition, said so that its writer can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the file it stands in, the key, and a sentence for the person who wrote it."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.sentence}"


class DefinitionsRefused(ValueError):
    """Definitions that cannot be used; carries every problem found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"- {problem}" for problem in self.problems)
        super().__init__(f"Có {len(self.problems)} lỗi trong tệp định nghĩa; hãy sửa rồi nạp lại:\n{lines}")

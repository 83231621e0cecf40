"""An issued report read back from its snapshot: the screen shows what was signed, whatever was redefined since."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from quacan.centre.reporting.papers import AnnexRow, Figure, Paragraph, ReportPaper, Section

_TEXTS = (
    "parent", "organisation", "symbol", "place", "subject", "signer_title", "signer_name", "number", "kind",
    "annex_title", "period_text",
)  # fmt: skip
_LISTS = ("addressed_to", "basis", "recipients", "authority")
_PARAGRAPHS = ("limitations", "next_tasks", "opening", "proposals")


def issued_paper(data: Mapping[str, Any]) -> ReportPaper:
    """This will give the paper a snapshot holds; figures keep their code and the words printed."""
    kept: dict[str, Any] = {name: data[name] for name in _TEXTS}
    kept |= {name: tuple(data[name]) for name in _LISTS}
    kept |= {name: _paragraphs(data[name]) for name in _PARAGRAPHS}
    return ReportPaper(
        **kept,
        sections=tuple(
            Section(one["heading"], _paragraphs(one["body"]), one["level"]) for one in data["sections"]
        ),
        annex=tuple(_annex_row(row) for row in data["annex"]),
        stamped_at=datetime.fromisoformat(data["stamped_at"]),
        dated_on=datetime.strptime(data["dated_on"], "%d/%m/%Y").date(),  # noqa: DTZ007 (a day, no instant)
    )


def _paragraphs(found: Iterable[Any]) -> tuple[Paragraph, ...]:
    return tuple(tuple(_inline(part) for part in paragraph) for paragraph in found)


def _inline(part: Any) -> str | Figure:
    return part if isinstance(part, str) else Figure(part["code"], part["text"])


def _annex_row(row: Mapping[str, Any]) -> AnnexRow:
    kept: dict[str, Any] = {name: row[name] for name in ("name", "unit", "note", "ordinal", "heading")}
    for name in ("plan", "actual", "percent", "last_year"):
        kept[name] = Figure(row[name]["code"], row[name]["text"]) if row[name] else None
    return AnnexRow(**kept)

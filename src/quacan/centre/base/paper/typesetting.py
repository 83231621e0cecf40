"""Typesetting: a template and plain data in, a PDF/A out.

Words reach a template only as JSON, so nothing that a person typed can become markup. Fonts come from the
folder `fonts` beside this file, for charts from theirs, and from nowhere else: the same value gives the same bytes on
every machine. A chart is set with ``image(bytes(paper.svg), format: "svg", alt: paper.alt)``.
"""

import io
import json
import re
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from django.utils.translation import gettext as _

from quacan.centre.base.charts.drawing import FONTS as CHART_FONTS
from quacan.centre.base.paper.composition import plain_data
from quacan.centre.base.paper.refusal import PaperRefused

Standard = Literal["a-3a", "a-3b"]

FONTS = Path(__file__).with_name("fonts")
ROOT = Path(__file__).resolve().parents[2]  # templates live in the paper rooms below the institution's folder
FONT_FILES = tuple(f"LiberationSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic"))

_one_at_a_time = threading.Lock()
_missing_glyph = re.compile(r'the text `"(.+?)"` could not be displayed')


def typeset(
    template: Path, paper: Mapping[str, Any], *, name: str, stamped_at: datetime, standard: Standard = "a-3a"
) -> bytes:
    """This will set one document and give its PDF/A bytes, identical for identical input.

    template: a .typ file below the institution's folder. paper: data for it. name: what a refusal calls the
    document. stamped_at: aware, whole seconds; the only time in the file. Refuses rather than half a file.
    """
    _refuse_loose_time(stamped_at, name)
    data = json.dumps(plain_data(paper), ensure_ascii=False)
    with _one_at_a_time:
        compiler = _compiler(FONTS)
        try:
            pdf, warnings = compiler.compile_with_warnings(
                input=str(template),
                format="pdf",
                sys_inputs={"paper": data},
                pdf_standards=[standard],
                timestamp=stamped_at,
            )
        except RuntimeError as error:  # typst.TypstError and what lies below it
            raise PaperRefused(paper=name, problems=_reasons(error)) from error
    if warnings or not isinstance(pdf, bytes):
        raise PaperRefused(
            paper=name, problems=[warning.message for warning in warnings] or [_("Không có tệp.")]
        )
    return (
        pdf if pdf.endswith(b"\n") else pdf + b"\n"
    )  # a signature appended later needs the line end (PDF/A 6.1.9)


def qr_drawing(content: str) -> str:
    """This will draw a QR code as SVG text that scales, one unit per module with its quiet zone, error level M."""
    drawing = io.BytesIO()
    segno.make(content, error="m", micro=False).save(
        drawing, kind="svg", xmldecl=False, border=2, dark="#10222b", omitsize=True
    )
    return drawing.getvalue().decode("ascii")


@lru_cache(maxsize=2)
def _compiler(folder: Path) -> typst.Compiler:
    missing = [file for file in FONT_FILES if not (folder / file).is_file()]
    if missing:
        problem = _("Thiếu tệp phông {files}; cài lại phần mềm.").format(files=", ".join(missing))
        raise PaperRefused(paper=_("văn bản"), problems=[problem])
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder), str(CHART_FONTS)]
    )
    return typst.Compiler(root=str(ROOT), font_paths=fonts)


def _refuse_loose_time(stamped_at: datetime, name: str) -> None:
    if stamped_at.tzinfo is None or stamped_at.microsecond:
        problem = _("Thời điểm lập phải có múi giờ và tròn giây.")
        raise PaperRefused(paper=name, problems=[problem])


def _reasons(error: RuntimeError) -> list[str]:
    signs = _missing_glyph.findall(f"{error}\n{getattr(error, 'diagnostic', '')}")
    if signs:
        shown = ", ".join(f"“{sign}”" for sign in dict.fromkeys(signs))
        return [_("Phông chữ in không có ký tự {signs}; thay bằng chữ thường.").format(signs=shown)]
    return [_("Bản mẫu báo lỗi: {message}.").format(message=str(error).splitlines()[0])]

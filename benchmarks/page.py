"""docs/benchmarks.md, written from the rows of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.chart import duration

Row = dict[str, Any]


def page(result: dict[str, Any]) -> str:
    """This will write the page; the same result gives the same text."""
    return "\n".join(
        [*_heading(result), "", *_targets(result), "", *_tables(result), "", *_method(result), ""]
    )


def _heading(result: dict[str, Any]) -> Iterator[str]:
    machine = result["machine"]
    yield "# Tốc độ và bộ nhớ · Speed and memory"
    yield ""
    yield (
        "Do `make bench` ghi, các số của một bảng trong cùng một lần chạy, trên máy dùng chung: tỉ số đáng tin, số "
        "giây thì không."
    )
    yield ""
    yield (
        "Written by `make bench`: the figures of a table come from one run on a shared machine, so trust the ratios, "
        "not the seconds."
    )
    yield ""
    yield (
        f"Engine {result['engine']} · {machine['cores']} cores · Python {machine['python']} · "
        + " · ".join(f"{name} {number}" for name, number in machine["libraries"].items())
    )
    yield ""
    yield "![Biểu đồ · Chart](benchmarks.svg)"


def _targets(result: dict[str, Any]) -> Iterator[str]:
    yield "## Lời hứa · Promises"
    yield ""
    yield "| Tỉ số · Ratio | Mục tiêu · Target | Đo được · Measured | |"
    yield "|---|---|---|---|"
    for row in result["targets"]:
        kept = "đạt · kept" if row["kept"] else "**chưa đạt · not kept**"
        yield f"| {row['promise']} | {row['target']} | {_ratio(row['ratio'])} | {kept} |"


def _ratio(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2g}"


def _tables(result: dict[str, Any]) -> Iterator[str]:
    parts = result["parts"]
    yield "## Ngân quỹ sáu đại lượng có tương quan · Budgets of six correlated inputs"
    yield ""
    yield from _budget_table([*parts["budget"], *parts["elsewhere"]])
    if result["notes"]["elsewhere"]:
        yield ""
        yield result["notes"]["elsewhere"]
    yield ""
    yield "## Monte Carlo"
    yield ""
    yield "| Một triệu lần rút · A million draws | Time |"
    yield "|---|---|"
    for row in parts["million"]:
        yield f"| {row['contender']} | {duration(row['seconds'])} |"
    yield ""
    yield "| Đến hai chữ số · To two digits | Mean time | Mean trials | Fewest to most | Ends from exact, in δ |"
    yield "|---|---|---|---|---|"
    for row in parts["adaptive"]:
        spread = f"{row['fewest_trials']:,} to {row['most_trials']:,}"
        yield (
            f"| {row['contender']} | {duration(row['seconds'])} | {row['trials']:,.0f} | {spread} | "
            f"{row['distance']:.2f} |"
        )
    for title, name in (
        ("Rủi ro của 100 000 kết quả · Risks of 100 000 results", "risk"),
        ("Việc của trung tâm · Work of a centre", "centre"),
        ("Sổ cái 100 000 bút toán · A book of 100 000 entries", "book"),
    ):
        yield ""
        yield f"## {title}"
        yield ""
        yield "| | Number | Time |"
        yield "|---|---|---|"
        for row in parts[name]:
            yield f"| {row['contender']} | {row['size']:,} | {_time(row)} |"
    yield from _served_tables(parts)
    yield ""
    yield "## Khởi động · Start-up"
    yield ""
    yield "| | Time | Peak memory | Of it, by the statement |"
    yield "|---|---|---|---|"
    for row in parts["opening"]:
        yield (
            f"| {row['contender']} | {duration(row['seconds'])} | {row['megabytes']:.0f} MB | "
            f"{row['more_megabytes']:.0f} MB |"
        )


def _served_tables(parts: dict[str, Any]) -> Iterator[str]:
    """What is measured on a whole house, where it was measured."""
    if "desks" in parts:
        yield ""
        yield "## Bàn đo: chờ sau mỗi ô · The bench: the wait after each cell"
        yield ""
        yield "| Phiếu 100 số đọc · A sheet of 100 readings | Saves | Median | 95 % | Longest | Processor, each |"
        yield "|---|---|---|---|---|---|"
        for row in parts["desks"]:
            worked = duration(row["processor"]) if "processor" in row else "—"
            waits = " | ".join(duration(row[name]) for name in ("median", "seconds", "longest"))
            yield f"| {row['contender']} | {row['size']:,} | {waits} | {worked} |"
    if "recompute" in parts:
        yield ""
        yield "## Tính lại phiếu đã lưu · Stored worksheets recomputed"
        yield ""
        yield "| | Worksheets | Time | Each | Peak memory |"
        yield "|---|---|---|---|---|"
        for row in parts["recompute"]:
            each = duration(row["seconds"] / row["size"])
            yield (
                f"| {row['contender']} | {row['size']:,} | {duration(row['seconds'])} | {each} | "
                f"{row['megabytes']:.0f} MB |"
            )


def _budget_table(rows: Sequence[Row]) -> Iterator[str]:
    sizes = sorted({row["size"] for row in rows})
    yield "| | " + " | ".join(f"N = {size:,}" for size in sizes) + " |"
    yield "|---|" + "---|" * len(sizes)
    for name in dict.fromkeys(row["contender"] for row in rows):
        cells = [
            next((_time(r) for r in rows if r["contender"] == name and r["size"] == n), "—") for n in sizes
        ]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _time(row: Row) -> str:
    scaled = row.get("measured_on", row["size"]) != row["size"]
    return duration(row["seconds"]) + (f" (from {row['measured_on']:,})" if scaled else "")


def _method(result: dict[str, Any]) -> Iterator[str]:
    agreement = result["agreement"]
    largest = max(agreement["budget"].values())
    yield "## Cách đo · Method"
    yield ""
    yield (
        "* Contenders take turns; the best of several rounds counts, since noise only adds. Work done once (compiled "
        "formula, tables of k) is done before timing. *From n*: timed on n items and scaled."
    )
    yield (
        "* The budget is a conventional mass by substitution with air buoyancy: y, u, ν by Welch-Satterthwaite, k at "
        "95 %, U, six signed contributions and the covariance. *numpy by hand* has its derivatives worked out on "
        "paper, blocks of 4096, k from a table; ours reads the formula as text and also checks its inputs and "
        "results. GTC gives all of it; for uncertainties ν and k are added by hand. "
        f"All agree in y, u, ν, k and U within {largest:.1g} relative."
    )
    yield (
        "* Monte Carlo: the mass calibration of JCGM 101, 9.3. *7.9.4* is the adaptive procedure of that clause with "
        "at least ten batches of 10 000. Every contender draws with the same list of seeds; distances are those of "
        "the ends of the 95 % interval from quadrature, root mean square, in parts of the tolerance δ."
    )
    yield (
        "* Risks: resistors of JCGM 106, 9.5.3, each with its own u. The ways agree within "
        f"{agreement['risk']:.1g} absolute."
    )
    yield (
        "* Start-up: fresh interpreters; memory is the peak resident size. `import quacan.metrology` opens the front "
        "door only and loads numpy at the first name used, so the lines below it are the fair ones beside others."
    )
    yield (
        "* Centre: a multimeter sheet of 100 readings; 10 000 water meters of one bench, readings as typed, exact "
        "verdicts; entries of a year in a new SQLite database, hash-chained."
    )
    if "desks" in result["parts"]:
        yield (
            "* The bench: a house served by `quacan serve`, everybody with a worksheet of 100 readings all typed "
            "already; each save is one HTTP request that writes a new revision, evaluates the sheet and gives back "
            "rows, verdict, charts and traceability. With a pace, a wait counts from the instant the cell was due. "
            "*Processor* is what the server's processes worked per save, whatever else the machine did. The people "
            "are threads of a client on the same machine."
        )
    if "recompute" in result["parts"]:
        yield (
            "* Recomputed: half counter scales, half water meters, measured and sent through the actions, then "
            "copied in the tables with readings and digests of their own; `quacan recompute --all` proves content, "
            "rows, verdict and budgets of each."
        )

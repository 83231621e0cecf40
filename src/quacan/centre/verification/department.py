"""What verification and calibration bring to the house: worksheets, benches, competence."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.actors import HERE
from quacan.centre.base.departments import (
    Department,
    Door,
    Lane,
    Record,
    Rows,
    SearchSource,
    Task,
    TracedReading,
    TracedSource,
)
from quacan.centre.contracts.models import Job
from quacan.centre.examinations.models import VerdictChoice
from quacan.centre.examinations.queries import words_of_cells
from quacan.centre.people.models import Person
from quacan.centre.people.queries import CardStanding, Expiry
from quacan.centre.verification.facts import MEASURE
from quacan.centre.verification.library import shelves
from quacan.centre.verification.models import Batch, BatchFile, Worksheet
from quacan.centre.verification.moves import BATCH, BATCH_FILE, PHOTO, SEAL, WORKSHEET, sheets_to_check
from quacan.centre.verification.queries import flaws, postings, worksheets
from quacan.centre.verification.queries.batches import batches
from quacan.centre.verification.queries.tasks import (
    batches_measured_by,
    batches_to_check,
    competence_running_out,
    jobs_to_measure,
    returned_sheets,
)


def _rows(person: Person, on: date) -> QuerySet[Worksheet]:
    return worksheets(person, on=on)


def _batches(person: Person, on: date) -> QuerySet[Batch]:
    return batches(person, on=on)


def _bench_files(person: Person, on: date) -> QuerySet[BatchFile]:
    return BatchFile.objects.filter(batch__in=batches(person, on=on))


def _hit(row: Worksheet) -> tuple[str, str]:
    return row.number, f"{row.instrument} · {row.get_state_display()}"


def _jobs(person: Person, on: date) -> Rows:
    return jobs_to_measure(person)


def _returned(person: Person, on: date) -> Rows:
    return returned_sheets(person)


def _to_check(person: Person, on: date) -> Rows:
    return sheets_to_check(person, on=on)


def _measured(person: Person, on: date) -> Rows:
    return batches_measured_by(person)


def _batches_to_check(person: Person, on: date) -> Rows:
    return batches_to_check(person, on=on)


def _competence(person: Person, on: date) -> Rows:
    return competence_running_out(person, on=on)


def _page(sheet: Worksheet) -> str:
    return reverse("verification:worksheet", args=[sheet.pk])


def _job_task(job: Job, on: date) -> Task:
    sheet = next((s for s in job.worksheets.all() if s.state == Worksheet.State.DRAFT), None)
    parts = (
        job.order.contract.party.name,
        job.get_event_display(),
        f"{say('phiếu việc')} {job.order.number}",
    )
    href = _page(sheet) if sheet else reverse("contracts:order", args=[job.order_id])
    return Task(str(job.instrument), " · ".join(parts), href, job.order.planned_on)


def _returned_task(sheet: Worksheet, on: date) -> Task:
    return Task(str(sheet.instrument), f"{sheet.number} · {sheet.returned_reason}", _page(sheet))


def _check_task(sheet: Worksheet, on: date) -> Task:
    text = f"{sheet.number} · {sheet.performer.full_name}"
    if sheet.submitted_at:
        sent = f"{say('gửi')} {sheet.submitted_at.astimezone(HERE):%H:%M %d/%m}"
        text = f"{text} · {sent}"
    return Task(str(sheet.instrument), text, _page(sheet), verdict=sheet.verdict)


def _batch_task(batch: Any, on: date) -> Task:
    parts = (
        batch.order.contract.party.name,
        batch.performer.full_name,
        f"{batch.left}/{batch.count} {say('phiếu')}",
    )
    href = reverse("verification:batch", args=[batch.pk])
    return Task(f"{say('Lô')} {batch.number}", " · ".join(parts), href)


def _competence_task(standing: CardStanding | Expiry, on: date) -> Task:
    href = reverse("verification:verifier", args=[standing.person.pk])
    if isinstance(standing, CardStanding):
        return Task(standing.person.full_name, say("chưa có thẻ kiểm định viên"), href)
    return Task(standing.person.full_name, standing.name, href, standing.ends_on)


def _trace(key: int, readings: bool) -> TracedSource | None:
    sheet = Worksheet.objects.select_related("instrument", "outcome__document").filter(pk=key).first()
    if sheet is None:
        return None
    outcome = getattr(sheet, "outcome", None)
    return TracedSource(
        type="verification.Worksheet",
        id=key,
        label=sheet.number,
        url=_page(sheet),
        summary=f"{sheet.instrument} · {sheet.performed_on:%d/%m/%Y} · {sheet.get_verdict_display()}",
        document=outcome.number if outcome else "",
        document_state=outcome.document.state if outcome else "",
        document_sha256=outcome.document.snapshot_sha256 if outcome else "",
        readings=_readings(sheet) if readings else (),
    )


def _readings(sheet: Worksheet) -> tuple[TracedReading, ...]:
    rows = sheet.readings.select_related("standard_certificate__standard").order_by("cell", "revision")
    words = words_of_cells(sheet)
    return tuple(
        TracedReading(
            words.get(row.cell, say("ô không còn trong bảng")),
            row.text,
            row.revision,
            row.entered_by,
            row.entered_at,
            f"{row.standard_certificate.standard.code} · {row.standard_certificate.number}"
            if row.standard_certificate
            else "",
        )
        for row in rows
    )


def _value(dimension: str, value: str) -> str:
    words = dict(VerdictChoice.choices)
    return str(words.get(value, "")).lower() if dimension == "verdict" else ""


DEPARTMENT = Department(
    name=_("Kiểm định, hiệu chuẩn"),
    permissions={
        "worksheets.see": _("xem phiếu kiểm định"),
        "worksheets.record": _("đo và ghi phiếu kiểm định"),
        "worksheets.check": _("soát xét phiếu kiểm định"),
        "deviations.grant": _("cho phép sai lệch"),
    },
    doors=(
        Door("worksheets", "work", _("Kiểm định"), "verification:worksheets", "scale", "worksheets.see", 130),
        Door(
            "verifiers",
            "ability",
            _("Kiểm định viên"),
            "verification:verifiers",
            "users",
            "worksheets.see",
            230,
        ),
    ),
    lanes=(
        Lane(
            "returned",
            "worksheets",
            _("Phiếu bị trả lại"),
            _("Sửa"),
            "worksheets.record",
            _returned,
            _returned_task,
            10,
            url="verification:worksheets",
        ),
        Lane(
            "check",
            "worksheets",
            _("Phiếu chờ soát xét"),
            _("Soát xét"),
            "worksheets.check",
            _to_check,
            _check_task,
            30,
            url="verification:worksheets",
            query="state=submitted",
        ),
        Lane(
            "batches_check",
            "worksheets",
            _("Lô chờ soát xét"),
            _("Soát xét"),
            "worksheets.check",
            _batches_to_check,
            _batch_task,
            40,
            url="verification:batches",
        ),
        Lane(
            "batches",
            "worksheets",
            _("Lô đang đo"),
            _("Mở"),
            "worksheets.record",
            _measured,
            _batch_task,
            50,
            url="verification:batches",
        ),
        Lane(
            "jobs",
            "worksheets",
            _("Việc được giao"),
            _("Mở"),
            "worksheets.record",
            _jobs,
            _job_task,
            60,
            url="contracts:orders",
        ),
        Lane(
            "cards",
            "",
            _("Thẻ, ủy quyền, khóa học hết hạn hoặc sắp hết hạn"),
            _("Mở"),
            "worksheets.see",
            _competence,
            _competence_task,
            170,
            url="verification:verifiers",
            outlook=True,
        ),
    ),
    search=(SearchSource(_("Phiếu kiểm định"), "scale", _rows, _hit, 40),),
    records=(
        Record("verification.Worksheet", _("Phiếu kiểm định"), "verification:worksheet", rows=_rows),
        Record("verification.Bench", _("Bàn thử")),
        Record("verification.Batch", _("Lô"), "verification:batch", rows=_batches),
        Record("verification.BatchFile", _("Tệp bàn thử"), "verification:bench_file", rows=_bench_files),
    ),
    moves=(WORKSHEET, BATCH, BATCH_FILE, PHOTO, SEAL),
    apart=(("worksheets.record", "worksheets.check"),),
    deeds={
        "verification.open_worksheet": _("mở phiếu kiểm định"),
        "verification.enter_readings": _("ghi số đọc"),
        "verification.enter_conditions": _("ghi điều kiện môi trường"),
        "verification.take_conditions": _("lấy điều kiện từ máy ghi"),
        "verification.use_standard": _("chọn chuẩn"),
        "verification.begin_run": _("bắt đầu lượt đo"),
        "verification.adjust_instrument": _("hiệu chỉnh phương tiện đo"),
        "verification.carry_checklists": _("lấy lại kết quả kiểm tra"),
        "verification.add_photos": _("thêm ảnh"),
        "verification.withdraw_photo": _("rút ảnh"),
        "verification.record_seal": _("ghi niêm phong"),
        "verification.withdraw_seal": _("rút dòng niêm phong"),
        "verification.request_deviation": _("đề nghị sai lệch"),
        "verification.grant_deviation": _("cho phép sai lệch"),
        "verification.submit_worksheet": _("gửi soát xét phiếu"),
        "verification.approve_worksheet": _("duyệt phiếu"),
        "verification.return_worksheet": _("trả lại phiếu"),
        "verification.supersede_worksheet": _("mở phiếu thay thế"),
        "verification.void_worksheet": _("bỏ phiếu"),
        "verification.enter_bench": _("ghi bàn thử"),
        "verification.open_batch": _("mở lô"),
        "verification.use_standard_on_bench": _("chọn chuẩn cho lô"),
        "verification.attach_bench_file": _("đính kèm tệp bàn thử"),
        "verification.map_bench_file": _("chọn cột của tệp bàn thử"),
        "verification.weigh_bench_file": _("tính tệp bàn thử"),
        "verification.record_bench_file": _("ghi tệp bàn thử vào phiếu"),
        "verification.submit_batch": _("gửi soát xét lô"),
        "verification.approve_batch": _("duyệt lô"),
    },
    fields={
        "verification.checker_id": _("người soát xét"),
        "verification.submitted_at": _("gửi lúc"),
        "verification.approved_at": _("duyệt lúc"),
        "verification.verdict": _("kết luận"),
        "verification.returned_reason": _("lý do trả lại"),
        "verification.supersedes_id": _("thay cho phiếu"),
        "verification.batch_id": _("lô"),
        "verification.job_id": _("việc"),
        "verification.decision_rule": _("quy tắc quyết định"),
        "verification.bench_id": _("bàn thử"),
        "verification.positions": _("số vị trí"),
        "verification.total": _("tổng số dòng"),
        "verification.done": _("đã xong"),
        "verification.order_id": _("phiếu việc"),
    },
    measures={MEASURE: _("Phương tiện đo đã kiểm định, hiệu chuẩn")},
    dimensions={"verdict": _("Kết luận")},
    values=_value,
    postings=postings,
    flaws=flaws,
    flaws_order=30,
    tracers={"verification.Worksheet": _trace},
    definitions=(shelves,),
)

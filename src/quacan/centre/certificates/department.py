"""What certificates and stamps bring to the house."""

from datetime import date

from django.db.models import Q, QuerySet
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
    TracedSource,
)
from quacan.centre.base.language.dates import format_date
from quacan.centre.certificates.facts import BALANCE, REVOKED
from quacan.centre.certificates.models import Outcome, Stamp, StampBatch
from quacan.centre.certificates.moves import OUTCOME, RESULT, STAMP
from quacan.centre.certificates.queries import batches, flaws, outcomes, postings, stamps, to_sign
from quacan.centre.people.models import Person
from quacan.centre.verification.models import Worksheet


def _rows(person: Person, on: date) -> QuerySet[Outcome]:
    return outcomes(person, on=on)


def _stamp_rows(person: Person, on: date) -> QuerySet[Stamp]:
    return stamps(person, on=on)


def _batch_rows(person: Person, on: date) -> QuerySet[StampBatch]:
    return batches(person, on=on)


def _hit(row: Outcome) -> tuple[str, str]:
    until = say("đến {day}").format(day=format_date(row.valid_until)) if row.valid_until else ""
    return row.number, " · ".join(
        part for part in (row.get_kind_display(), str(row.instrument), until) if part
    )


def _to_sign(person: Person, on: date) -> Rows:
    return to_sign(person, on=on).exclude(Q(performer=person) | Q(checker=person))


def _sign_task(sheet: Worksheet, on: date) -> Task:
    text = f"{sheet.number} · {sheet.performer.full_name}"
    if sheet.submitted_at:
        sent = f"{say('gửi')} {sheet.submitted_at.astimezone(HERE):%H:%M %d/%m}"
        text = f"{text} · {sent}"
    href = reverse("verification:worksheet", args=[sheet.pk])
    return Task(str(sheet.instrument), text, href, verdict=sheet.verdict)


def _trace_outcome(key: int, readings: bool) -> TracedSource | None:
    found = Outcome.objects.select_related("document", "instrument").filter(pk=key).first()
    if found is None:
        return None
    return TracedSource(
        "certificates.Outcome",
        key,
        found.number,
        reverse("certificates:certificate", args=[key]),
        str(found.instrument),
        found.number,
        found.document.state,
        found.document.snapshot_sha256,
    )


def _trace_batch(key: int, readings: bool) -> TracedSource | None:
    found = StampBatch.objects.filter(pk=key).first()
    if found is None:
        return None
    label, received = f"{found.series} {found.first}–{found.last}", f"{found.received_on:%d/%m/%Y}"
    return TracedSource("certificates.StampBatch", key, label, reverse("certificates:stamps"), received)


def _trace_stamp(key: int, readings: bool) -> TracedSource | None:
    found = Stamp.objects.filter(pk=key).first()
    if found is None:
        return None
    href = reverse("certificates:stamps")
    return TracedSource("certificates.Stamp", key, found.number, href, found.get_state_display())


MOVES = {"received": _("nhập"), "used": _("đã dùng"), "damaged": _("hỏng")}
KINDS = dict(Outcome.Kind.choices)


def _value(dimension: str, value: str) -> str:
    return str({"move": MOVES, "kind": KINDS}.get(dimension, {}).get(value, ""))


def _stamps(key: int) -> str:
    return reverse("certificates:stamps")


DEPARTMENT = Department(
    name=_("Chứng nhận, tem"),
    permissions={
        "certificates.see": _("xem chứng nhận"),
        "certificates.sign": _("ký chứng nhận, thông báo"),
        "certificates.revoke": _("thu hồi chứng nhận"),
        "stamps.see": _("xem tem kiểm định"),
        "stamps.manage": _("nhận, giao, báo hỏng tem"),
    },
    doors=(
        Door(
            "certificates",
            "work",
            _("Chứng nhận"),
            "certificates:certificates",
            "award",
            "certificates.see",
            140,
        ),
        Door("stamps", "work", _("Tem kiểm định"), "certificates:stamps", "stamp", "stamps.see", 150),
    ),
    lanes=(
        Lane(
            "sign",
            "certificates",
            _("Chờ ký kết quả"),
            _("Xem và ký"),
            "certificates.sign",
            _to_sign,
            _sign_task,
            20,
            url="verification:worksheets",
            query="state=approved",
        ),
    ),
    search=(SearchSource(_("Chứng nhận, thông báo"), "award", _rows, _hit, 50),),
    records=(
        Record("certificates.Outcome", _("Chứng nhận"), "certificates:certificate", rows=_rows),
        Record("certificates.Stamp", _("Tem"), address=_stamps, rows=_stamp_rows),
        Record("certificates.StampBatch", _("Lô tem"), address=_stamps, rows=_batch_rows),
    ),
    apart=(("worksheets.record", "certificates.sign"), ("worksheets.check", "certificates.sign")),
    moves=(RESULT, OUTCOME, STAMP),
    deeds={
        "certificates.issue_outcome": _("ký và ban hành kết quả"),
        "certificates.revoke_outcome": _("thu hồi chứng nhận"),
        "certificates.receive_stamps": _("nhận lô tem"),
        "certificates.hand_out_stamps": _("giao tem"),
        "certificates.damage_stamp": _("báo hỏng tem"),
    },
    fields={
        "certificates.series": _("ký hiệu lô"),
        "certificates.first": _("từ số"),
        "certificates.last": _("đến số"),
        "certificates.batch_id": _("lô tem"),
        "certificates.holder_id": _("người giữ"),
        "certificates.damaged_on": _("ngày hỏng"),
        "certificates.revoked_on": _("ngày thu hồi"),
        "certificates.checker_id": _("người soát xét"),
        "certificates.signer_id": _("người ký"),
        "certificates.stamp_id": _("tem"),
        "certificates.check_code": _("mã tra cứu"),
        "certificates.record_id": _("biên bản"),
    },
    measures={BALANCE: _("Tem kiểm định còn lại"), REVOKED: _("Chứng nhận đã thu hồi")},
    dimensions={"move": _("Biến động")},
    values=_value,
    postings=postings,
    flaws=flaws,
    flaws_order=40,
    tracers={
        "certificates.Outcome": _trace_outcome,
        "certificates.StampBatch": _trace_batch,
        "certificates.Stamp": _trace_stamp,
    },
)

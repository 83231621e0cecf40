"""What the quality system brings to the house."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Door, Record
from quacan.centre.quality.moves import NONCONFORMITY, SIMULATION
from quacan.centre.quality.queries import flaws, nonconformities, realisations, simulations

DEPARTMENT = Department(
    name=_("Hệ thống chất lượng"),
    permissions={
        "quality.see": _("xem hệ thống chất lượng"),
        "quality.record": _("ghi công việc không phù hợp, mô phỏng sai lệch"),
    },
    doors=(
        Door(
            "quality",
            "ability",
            _("Hệ thống chất lượng"),
            "quality:nonconformities",
            "shield-check",
            "quality.see",
            250,
        ),
    ),
    records=(
        Record(
            "quality.Nonconformity",
            _("Điểm không phù hợp"),
            "quality:nonconformity",
            rows=lambda person, on: nonconformities(person, on=on),
        ),
        Record(
            "quality.Simulation",
            _("Mô phỏng sai lệch"),
            "quality:simulation",
            rows=lambda person, on: simulations(person, on=on),
        ),
        Record("quality.Notice", _("Thông báo cho khách")),
    ),
    deeds={
        "quality.simulate_deviation": _("mô phỏng sai lệch của chuẩn"),
        "quality.advance_simulation": _("tính tiếp mô phỏng"),
        "quality.open_nonconformity": _("mở điểm không phù hợp"),
        "quality.close_nonconformity": _("đóng điểm không phù hợp"),
        "quality.grant_deviation": _("cho phép sai lệch"),
    },
    fields={
        "quality.deviation": _("sai lệch"),
        "quality.deviation_id": _("sai lệch"),
        "quality.to_on": _("đến ngày"),
        "quality.explanation": _("giải thích"),
        "quality.total": _("tổng số phiếu"),
        "quality.done": _("đã tính"),
        "quality.simulation_id": _("mô phỏng"),
        "quality.summary": _("tóm tắt"),
        "quality.cause": _("nguyên nhân"),
        "quality.corrective_action": _("hành động khắc phục"),
        "quality.effectiveness_on": _("ngày xem lại hiệu quả"),
        "quality.closed_on": _("ngày đóng"),
        "quality.closed_by": _("người đóng"),
        "quality.party_id": _("khách hàng"),
        "quality.follow_up_id": _("việc phải làm"),
    },
    moves=(SIMULATION, NONCONFORMITY),
    flaws=flaws,
    flaws_order=50,
    definitions=(realisations,),
)

"""What examinations bring to the house: the kinds of rows every examination has, and their words."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Record
from quacan.centre.examinations.queries import reading_flaws

DEPARTMENT = Department(
    name=_("Phép đo, thử nghiệm"),
    records=(
        Record("examinations.Run", _("Lượt đo"), was=("verification.Run",)),
        Record("examinations.Reading", _("Số đọc"), was=("verification.Reading",)),
        Record("examinations.Condition", _("Điều kiện môi trường"), was=("verification.Condition",)),
        Record("examinations.StandardUse", _("Chuẩn đã dùng"), was=("verification.StandardUse",)),
        Record("examinations.Photo", _("Ảnh"), was=("verification.Photo",)),
        Record("examinations.Seal", _("Niêm phong"), was=("verification.Seal",)),
        Record("examinations.Deviation", _("Sai lệch"), was=("verification.Deviation",)),
    ),
    flaws=reading_flaws,
    flaws_order=29,
    fields={
        "examinations.examination_id": _("phiếu"),
        "examinations.run_id": _("lượt đo"),
        "examinations.certificate_id": _("chứng nhận của chuẩn"),
        "examinations.moment": _("lúc"),
        "examinations.origin": _("nguồn"),
        "examinations.granted_by_id": _("người cho phép"),
        "examinations.granted_at": _("cho phép lúc"),
        "examinations.sentence": _("vướng mắc"),
    },
)

"""What examinations bring to the house."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Record

DEPARTMENT = Department(
    name=_("Phép đo, thử nghiệm"),
    records=(
        Record("examinations.Run", _("Lượt đo"), was=("verification.Run",)),
        Record("examinations.Reading", _("Số đọc"), was=("verification.Reading",)),
        Record("examinations.StandardUse", _("Chuẩn đã dùng"), was=("verification.StandardUse",)),
        Record("examinations.Photo", _("Ảnh"), was=("verification.Photo",)),
        Record("examinations.Seal", _("Niêm phong"), was=("verification.Seal",)),
        Record("examinations.Deviation", _("Sai lệch"), was=("verification.Deviation",)),
    ),
)

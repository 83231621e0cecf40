"""Where a record opens: one address per thing, known by its kind."""

from functools import cache
from typing import Final

from django.db.models import Model
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import label_today
from quacan.centre.base.refusals import Words

PLACES: Final = {
    "contracts.Contract": "/hop-dong/",
    "contracts.Order": "/phieu-viec/",
    "verification.Worksheet": "/kiem-dinh/",
    "certificates.Outcome": "/chung-nhan/",
    "instruments.Instrument": "/phuong-tien-do/",
    "parties.Party": "/doi-tuong/",
    "standards.Standard": "/chuan/",
    "facilities.Point": "/moi-truong/",
    "activities.Activity": "/hoat-dong/",
    "planning.Plan": "/ke-hoach/",
    "base.FollowUp": "/viec/",
    "people.Person": "/nguoi-dung/",
    "quality.Nonconformity": "/chat-luong/khong-phu-hop/",
}


NAMES: Final[dict[str, Words]] = {
    "activities.Activity": _("Hoạt động"),
    "base.FollowUp": _("Việc phải làm"),
    "certificates.Outcome": _("Chứng nhận"),
    "certificates.Stamp": _("Tem"),
    "certificates.StampBatch": _("Lô tem"),
    "contracts.Contract": _("Hợp đồng"),
    "contracts.ContractReview": _("Xem xét hợp đồng"),
    "contracts.Job": _("Việc"),
    "contracts.Order": _("Phiếu việc"),
    "facilities.Alarm": _("Cảnh báo môi trường"),
    "facilities.LoggerImport": _("Tệp máy ghi"),
    "facilities.Point": _("Điểm theo dõi"),
    "facilities.PointLimit": _("Giới hạn môi trường"),
    "facilities.Record": _("Số liệu môi trường"),
    "instruments.Instrument": _("Phương tiện đo"),
    "ledger.ClosedPeriod": _("Kỳ đã khóa"),
    "organisation.Organisation": _("Cơ quan"),
    "organisation.Site": _("Cơ sở"),
    "organisation.Unit": _("Phòng/tổ"),
    "parties.Establishment": _("Điểm kinh doanh"),
    "parties.Party": _("Khách hàng, đối tượng"),
    "people.Assignment": _("Vai trò"),
    "people.Attendance": _("Khóa đào tạo"),
    "people.Authorisation": _("Ủy quyền"),
    "people.Course": _("Khóa đào tạo"),
    "people.Person": _("Người dùng"),
    "people.VerifierCard": _("Thẻ kiểm định viên"),
    "planning.Plan": _("Kế hoạch"),
    "planning.Target": _("Chỉ tiêu kế hoạch"),
    "quality.Nonconformity": _("Điểm không phù hợp"),
    "reporting.Report": _("Báo cáo"),
    "standards.Standard": _("Chuẩn đo lường"),
    "standards.StandardCertificate": _("Chứng nhận của chuẩn"),
    "examinations.Deviation": _("Sai lệch"),
    "examinations.Run": _("Lượt đo"),
    "verification.Worksheet": _("Phiếu kiểm định"),
}


def name_of_reference(reference: str) -> str:
    """This will say in words which record ``contracts.Contract:12`` names: Hợp đồng 12."""
    label, _mark, key = reference.partition(":")
    return f"{NAMES.get(label_today(label), label)} {key}".strip()


def address_of(record: Model) -> str:
    """This will give the address a record opens at, or '' where its department has no such page."""
    place = PLACES.get(record._meta.label)
    if place is None:
        return ""
    return f"{place}{record.pk}/" if _opens(place) else ""


def address_of_report(organisation: str, period: str, *, indicator: str = "") -> str:
    """This will give the address of an organisation's report of a period, or of one of its indicators, or ''."""
    href = f"/bao-cao/{organisation}/{period}/"
    href = f"{href}chi-tieu/{indicator}/" if indicator else href
    return href if exists(href) else ""


def address_of_reference(reference: str) -> str:
    """This will give the address of a record named ``contracts.Contract:12``, or ''."""
    label, _mark, key = reference.partition(":")
    place = PLACES.get(label_today(label), "")
    return f"{place}{key}/" if place and key.isdigit() and _opens(place) else ""


@cache
def _opens(place: str) -> bool:
    return exists(f"{place}1/")


@cache
def exists(href: str) -> bool:
    """This will say whether some department answers at an address."""
    try:
        resolve(href)
    except Resolver404:
        return False
    return True

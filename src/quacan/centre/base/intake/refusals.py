"""Why a file from outside cannot be read as a table, each with the way out."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class TableRefused(Refusal):
    """Any reason for which a file is no table; *name* is the file's."""

    obstacle = _("Không đọc được tệp “{name}” như một bảng.")
    remedy = _("Lưu lại tệp dạng “CSV UTF-8” hoặc XLSX rồi chọn lại.")


class TableTooLarge(TableRefused):
    obstacle = _("Tệp “{name}” lớn hơn {limit} MB.")
    remedy = _("Chia tệp thành nhiều phần rồi nhập từng phần.")


class TableUnpacksTooLarge(TableRefused):
    obstacle = _("Bảng tính “{name}” giải nén ra quá lớn.")
    remedy = _("Lưu lại tệp chỉ gồm bảng số liệu, không hình ảnh, không trang tính khác.")


class TableTooLong(TableRefused):
    obstacle = _("Tệp “{name}” có nhiều hơn {limit} hàng.")
    remedy = _("Chia tệp thành nhiều phần rồi nhập từng phần.")


class TableRowTooLarge(TableRefused):
    obstacle = _("Tệp “{name}”, hàng {row}: có hơn {columns} cột, hoặc ô dài hơn {longest} ký tự.")
    remedy = _("Kiểm tra dấu phân cách cột và dấu ngoặc kép ở hàng đó rồi lưu lại tệp.")


class TableEmpty(TableRefused):
    obstacle = _("Tệp “{name}” trống.")
    remedy = _("Xuất lại tệp từ phần mềm đã ghi nó.")


class TableForeign(TableRefused):
    obstacle = _("“{name}” không phải tệp CSV, TXT hay bảng tính (XLSX, XLS, ODS).")
    remedy = _("Xuất lại từ phần mềm đã ghi nó thành CSV hoặc XLSX rồi chọn lại tệp.")


class TableBroken(TableRefused):
    obstacle = _("Không mở được “{name}” như một bảng tính XLSX, XLS hay ODS.")
    remedy = _("Mở tệp bằng phần mềm bảng tính, lưu lại rồi chọn lại; hoặc lưu dạng “CSV UTF-8”.")


class SheetUnknown(TableRefused):
    obstacle = _("Tệp “{name}” không có trang tính “{sheet}”.")
    remedy = _("Chọn một trong các trang: {sheets}.")

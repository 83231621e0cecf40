"""Named obstacles. A refusal carries values; the door formats its sentence in the reader's language."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quacan.centre.base.language.texts import Text

Words = str | Promise | Text


class Refusal(Exception):
    """An obstacle with its remedy: both are templates filled with the values the refusal carries."""

    obstacle: ClassVar[Words] = _("Không thực hiện được.")
    remedy: ClassVar[Words] = _("Xem lại thông tin rồi thử lại.")
    status: ClassVar[int] = 422

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """This will say the obstacle and the way out in the language now active."""
        return f"{str(self.obstacle).format(**self.values)} {str(self.remedy).format(**self.values)}"

    @property
    def name(self) -> str:
        return type(self).__name__


class NotAuthorised(Refusal):
    """No right where it is needed; says in words which right it is, and whose work this is."""

    obstacle = _("{person} không có quyền “{permission}” tại {organisation}.")
    remedy = _("Việc này thuộc về: {holders}.")
    status = 403

    @classmethod
    def at(cls, actor: Any, permission: str, organisation: Any | None) -> "NotAuthorised":
        """This will refuse an actor a permission at an organisation, or at no matter which."""
        where = _("mọi cơ quan") if organisation is None else getattr(organisation, "short_name", "")
        return cls(person=actor.full_name, permission=permission, organisation=where or organisation)

    @property
    def sentence(self) -> str:
        """This will say which right is missing and which roles have it, in the language now active."""
        from quacan.centre.base.permissions import holders_of, word_of

        code = self.values["permission"]
        said = {**self.values, "permission": word_of(code), "holders": holders_of(code)}
        return f"{str(self.obstacle).format(**said)} {str(self.remedy).format(**said)}"


class KeyReused(Refusal):
    obstacle = _("Khóa chống gửi trùng “{key}” đã dùng cho một thao tác có nội dung khác.")
    remedy = _("Tải lại trang rồi thực hiện lại thao tác.")
    status = 409


class StaleRecord(Refusal):
    obstacle = _("{record} vừa được {person} sửa.")
    remedy = _("Tải lại để xem bản mới, rồi sửa lại phần của mình.")
    status = 409


class WrongStage(Refusal):
    obstacle = _("{record} đang ở bước “{stage}”, không thể “{move}”.")
    remedy = _("Các bước có thể làm bây giờ: {allowed}.")


class FieldMissing(Refusal):
    obstacle = _("Thiếu “{field}”.")
    remedy = _("Nhập “{field}” rồi lưu lại.")


class FieldWrong(Refusal):
    obstacle = _("“{field}” không hợp lệ: {why}.")
    remedy = _("Sửa “{field}” rồi lưu lại.")


class NotFound(Refusal):
    obstacle = _("Không tìm thấy {record}.")
    remedy = _("Kiểm tra lại mã hoặc tìm theo tên.")
    status = 404


class ReasonMissing(Refusal):
    obstacle = _("Thao tác “{move}” cần nêu lý do.")
    remedy = _("Ghi lý do rồi thực hiện lại.")


class FileBroken(Refusal):
    obstacle = _("Tệp của văn bản {number} không còn đúng như khi ban hành (mã băm khác).")
    remedy = _("Khôi phục tệp từ bản sao lưu rồi chạy “quacan check”.")
    status = 409

"""Obstacles of the register of instruments."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class InstrumentKnown(Refusal):
    obstacle = _("Phương tiện đo cùng loại, kiểu, số {serial} đã có trong sổ: {instrument}, của {owner}.")
    remedy = _("Dùng phương tiện đã có (đổi chủ nếu đã chuyển nhượng), hoặc kiểm tra lại số hiệu.")
    status = 409


class KindUnknown(Refusal):
    obstacle = _("Danh mục phương tiện đo không có mã “{code}”.")
    remedy = _("Chọn loại phương tiện trong danh mục.")


class PlaceOfAnother(Refusal):
    obstacle = _("Cơ sở “{establishment}” không thuộc {owner}.")
    remedy = _("Chọn cơ sở của chủ phương tiện, hoặc bỏ trống.")


class NothingMoves(Refusal):
    obstacle = _("{instrument} đã ở đúng chủ và nơi đặt này.")
    remedy = _("Chọn chủ hoặc nơi đặt khác.")

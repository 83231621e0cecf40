"""Obstacles of the register of parties."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.refusals import Refusal


class PartyKnown(Refusal):
    obstacle = _("Mã số thuế {tax_code} đã có trong sổ: {party}.")
    remedy = _("Dùng đối tượng đã có, hoặc kiểm tra lại mã số thuế.")
    status = 409


class EstablishmentKnown(Refusal):
    obstacle = _("{party} đã có cơ sở tên “{name}”.")
    remedy = _("Dùng cơ sở đã có, hoặc đặt tên phân biệt (thêm địa điểm).")
    status = 409


class PartyMerged(Refusal):
    obstacle = _("{party} đã được gộp vào {into}.")
    remedy = _("Làm việc trên {into}.")
    status = 409


class SameParty(Refusal):
    obstacle = _("Không thể gộp {party} vào chính nó.")
    remedy = _("Chọn hai đối tượng khác nhau.")


class DifferentTaxCodes(Refusal):
    obstacle = _("{keep} có mã số thuế {keep_code}, {drop} có {drop_code}: đây là hai pháp nhân.")
    remedy = _("Sửa mã số thuế ghi sai trước khi gộp; hai pháp nhân khác nhau thì giữ riêng.")

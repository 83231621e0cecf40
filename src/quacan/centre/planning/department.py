"""What plans bring to the house."""

from django.utils.translation import gettext_lazy as _

from quacan.centre.base.departments import Department, Door, Record
from quacan.centre.planning.moves import PLAN
from quacan.centre.planning.queries import plans

DEPARTMENT = Department(
    name=_("Kế hoạch"),
    permissions={
        "plans.see": _("xem kế hoạch"),
        "plans.record": _("lập kế hoạch, đặt chỉ tiêu"),
        "plans.approve": _("duyệt kế hoạch"),
    },
    doors=(Door("plans", "steering", _("Kế hoạch"), "reporting:plans", "target", "plans.see", 310),),
    moves=(PLAN,),
    records=(
        Record(
            "planning.Plan", _("Kế hoạch"), "reporting:plan", rows=lambda person, on: plans(person, on=on)
        ),
        Record("planning.Target", _("Chỉ tiêu kế hoạch")),
    ),
    apart=(("plans.record", "plans.approve"),),
    deeds={
        "planning.open_plan": _("lập kế hoạch"),
        "planning.set_target": _("đặt chỉ tiêu"),
        "planning.approve_plan": _("duyệt kế hoạch"),
    },
    fields={
        "planning.approved_on": _("ngày duyệt"),
        "planning.approved_by": _("người duyệt"),
        "planning.plan_id": _("kế hoạch"),
        "planning.carried_over": _("chuyển từ kỳ trước"),
    },
)

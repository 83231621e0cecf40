"""How the buttons of standards are pressed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from quacan.centre.base.act import Act
from quacan.centre.standards.actions import (
    CertificateDraft,
    LoanDraft,
    MaintenanceDraft,
    PlanDraft,
    StandardDraft,
)
from quacan.centre.standards.models import CheckPlan, Loan, Standard
from quacan.centre.standards.moves import (
    ADD_CERTIFICATE,
    CHANGE,
    CHANGE_STATE,
    END_PLAN,
    GIVE_BACK,
    LEND,
    MAINTAIN,
    PLAN_CHECKS,
    PUT,
    RECORD_CHECK,
    WITHDRAW_CHECK,
)

ROW = {"nominal": "200", "value": "200", "U": "0,1", "k": "2", "unit": "mmHg"}


def _plan(standard: Standard, act: Act) -> dict[str, Any]:
    draft = PlanDraft(
        quantity="So với áp kế kiểm tra",
        nominal="200",
        unit="mmHg",
        interval_days=90,
        basis="tolerance",
        reference_value="200",
        tolerance="0,3",
        from_on=act.on,
    )
    return {"draft": draft}


def _certificate(standard: Standard, act: Act) -> dict[str, Any]:
    head = {"number": f"N.{standard.certificates.count()}", "issuer": "Viện Mẫu"}
    return {"draft": CertificateDraft(**head, issued_on=act.on, valid_until=act.on, values=[ROW])}


def _state(standard: Standard, act: Act) -> dict[str, Any]:
    return {"state": next(one for one in Standard.State.values if one != standard.state), "on": act.on}


def _check(plan: CheckPlan, act: Act) -> dict[str, Any]:
    last = plan.checks.filter(withdrawn_reason="").order_by("-on").first()
    count = len(last.values) if last else 2
    return {"on": last.on if last else plan.from_on, "values": ["200"] * count}


def _back(loan: Loan, act: Act) -> dict[str, Any]:
    return {"on": max(act.on, loan.from_on), "condition": "nguyên vẹn"}


PRESSES = {
    CHANGE: lambda standard, act: {
        "draft": StandardDraft(name=standard.name, kind=standard.kind),
        "version": standard.version,
    },
    ADD_CERTIFICATE: _certificate,
    CHANGE_STATE: _state,
    PLAN_CHECKS: _plan,
    LEND: lambda standard, act: {
        "draft": LoanDraft(from_on=act.on, due_on=act.on + timedelta(days=5), outside="Trung tâm bạn")
    },
    PUT: lambda standard, act: {"place": "Kho B", "on": act.on},
    MAINTAIN: lambda standard, act: {
        "draft": MaintenanceDraft(on=act.on, kind="cleaning", done_by="Tổ đo", result="sạch")
    },
    RECORD_CHECK: _check,
    END_PLAN: lambda plan, act: {"on": max(act.on, plan.from_on)},
    WITHDRAW_CHECK: lambda check, act: {},
    GIVE_BACK: _back,
}

"""The signing table: checked results wait here for the head, who proves identity once and signs one or many."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from quacan.centre.base.act import Act
from quacan.centre.base.doors import act_from, admit, key_from, today
from quacan.centre.base.moves import Offer
from quacan.centre.base.refusals import NotFound, Refusal
from quacan.centre.certificates import actions, queries
from quacan.centre.certificates.forms import ProofForm
from quacan.centre.certificates.models import Outcome
from quacan.centre.certificates.moves import issue_offers
from quacan.centre.certificates.refusals import ProofNeeded
from quacan.centre.people.models import Person
from quacan.centre.people.queries import person_of
from quacan.centre.verification.models import Worksheet

SESSION_MINUTES: Final = 10
PROVED_AT: Final = "signing_proved_at"


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one signature."""

    pk: int
    number: str
    outcome: Outcome | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A checked worksheet and whether this person may sign it now."""

    sheet: queries.SheetToSign
    issue: Offer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest) -> HttpResponse:
    """What waits for this person's signature; sent, it signs every chosen one on its own."""
    if request.method != "POST":
        return _page(request, ProofForm())
    _require_proof(request)
    done = [_sign(request, pk) for pk in map(key_from, request.POST.getlist("sheet")) if pk]
    return _page(request, ProofForm(), done=done)


def _page(
    request: HttpRequest, form: ProofForm, *, done: list[Signed] | None = None, status: int = 200
) -> HttpResponse:
    admit(request, "certificates.sign", None)
    on, person = today(), person_of(request)
    rows = _rows(list(queries.to_sign(person, on=on)[: queries.MOST]), person, on)
    context = {
        "rows": rows,
        "form": form,
        "done": done or [],
        "minutes_left": _minutes_left(request),
        "session_minutes": SESSION_MINUTES,
        "signable": sum(row.issue.is_open for row in rows),
    }
    return render(request, "certificates/signing.html", context, status=status)


def _rows(sheets: list[Worksheet], person: Person, on: date) -> list[Row]:
    offers = issue_offers(sheets, person, on=on)
    return [Row(shown, offers[shown.pk]) for shown in queries.sheets_to_sign(sheets)]


@require_POST
@sensitive_post_parameters("password")
def open_session(request: HttpRequest) -> HttpResponse:
    """This will open a signing session for a few minutes to who types the password of this account anew.

    Wrong passwords count towards the lock-out of signing in.
    """
    form = ProofForm(request.POST)
    person = person_of(request)
    if form.is_valid():
        proved = authenticate(request, username=person.username, password=form.cleaned_data["password"])
        if proved is not None and proved.pk == person.pk:
            request.session[PROVED_AT] = timezone.now().isoformat()
            return redirect("certificates:signing")
        form.add_error("password", _("Mật khẩu không đúng. Nhập sai nhiều lần thì tài khoản bị khóa tạm."))
    return _page(request, form, status=422)


@require_POST
def sign_one(request: HttpRequest, pk: int) -> HttpResponse:
    """This will sign one result; a page that signs row by row is answered with the row, a plain form with the table."""
    _require_proof(request)
    result = _sign(request, pk)
    if "X-Row" not in request.headers:
        return _page(request, ProofForm(), done=[result])
    status = result.refusal.status if result.refusal else 200
    row = _row_again(request, pk) if result.refusal else None
    return render(request, "certificates/signed_row.html", {"one": result, "row": row}, status=status)


def _sign(request: HttpRequest, pk: int) -> Signed:
    """One signature is one deed in one transaction, with the key its row was shown with."""
    person, number = person_of(request), ""
    try:
        sheet = queries.to_sign(person, on=today()).filter(pk=pk).first() or _signed_before(person, pk)
        number = sheet.number
        return Signed(pk, number, outcome=actions.issue_outcome(_act(request, pk), sheet))
    except Refusal as refusal:
        return Signed(pk, number, refusal=refusal)


def _row_again(request: HttpRequest, pk: int) -> Row | None:
    on, person = today(), person_of(request)
    return next(iter(_rows(list(queries.to_sign(person, on=on).filter(pk=pk)), person, on)), None)


def _act(request: HttpRequest, pk: int) -> Act:
    act = act_from(request)
    act.key = request.POST.get(f"key-{pk}", "")
    return act


def _signed_before(person: Person, pk: int) -> Worksheet:
    """A repeated request finds its worksheet among those already signed; the key answers it."""
    known = queries.outcomes(person, on=today()).filter(worksheet=pk)
    found: Outcome | None = known.first()
    if found is None:
        raise NotFound(record=_("phiếu chờ ký"))
    return found.worksheet


def _minutes_left(request: HttpRequest) -> int:
    """Whole minutes, rounded up, until the signing session ends; 0 when none is open."""
    proved = request.session.get(PROVED_AT, "")
    if not proved:
        return 0
    ends = datetime.fromisoformat(proved) + timedelta(minutes=SESSION_MINUTES)
    left = (ends - timezone.now()).total_seconds()
    return max(0, -int(-left // 60))


def _require_proof(request: HttpRequest) -> None:
    if not _minutes_left(request):
        raise ProofNeeded(minutes=SESSION_MINUTES)

"""The public check of a certificate: no sign-in, no customer's name, one big answer."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quacan.centre.base.doors import today
from quacan.centre.base.language.texts import is_english
from quacan.centre.certificates.queries import public_checks
from quacan.centre.portal.rules import LOOKUPS, WINDOW, TooManyLookups, answer

P = ParamSpec("P")
LANGUAGE = "lang"
LANGUAGES = ("vi", "en")


def _in_the_language_asked(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A link carries its language (``?lang=en``): the public page keeps no cookie."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        wanted = request.GET.get(LANGUAGE, "")
        with translation.override(wanted if wanted in LANGUAGES else get_language()):
            response = view(request, *args, **kwargs)
            response["Content-Language"] = get_language() or "vi"
        return response

    return shown


@login_not_required
@require_safe
@never_cache
@_in_the_language_asked
def ask(request: HttpRequest) -> HttpResponse:
    """This will ask for the number or the code of a certificate."""
    asked = request.GET.get("ma", "").strip()
    if asked:
        target = redirect("portal:check", asked)
        if LANGUAGE in request.GET:
            target["Location"] += f"?{LANGUAGE}={'en' if request.GET[LANGUAGE] == 'en' else 'vi'}"
        return target
    return render(request, "portal/ask.html", _context(request, ""))


@login_not_required
@require_safe
@never_cache
@_in_the_language_asked
def check(request: HttpRequest, asked: str) -> HttpResponse:
    """This will answer how a certificate stands, by its code or its number; 404 for what is unknown."""
    context = _context(request, asked)
    if not _may_look_up(request):
        refusal = TooManyLookups(limit=LOOKUPS)
        response = render(request, "portal/ask.html", context | {"refusal": refusal}, status=refusal.status)
        response["Retry-After"] = str(WINDOW)
        return response
    found = public_checks(asked, on=today())
    if not found:
        return render(request, "portal/ask.html", context | {"unknown": True}, status=404)
    if len(found) > 1:
        return render(request, "portal/ask.html", context | {"several": found})
    one = found[0]
    return render(
        request,
        "portal/check.html",
        context | {"one": one, "answer": answer(one.standing, file_whole=one.file_whole)},
    )


def _context(request: HttpRequest, asked: str) -> dict[str, object]:
    english = is_english()
    return {"asked": asked, "english": english, "lang": "en" if english else "vi", "path": request.path}


def _may_look_up(request: HttpRequest) -> bool:
    """Counted per network address in the cache of each serving process."""
    key = f"portal.lookups.{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) <= LOOKUPS
    except ValueError:  # it expired between the two
        return True

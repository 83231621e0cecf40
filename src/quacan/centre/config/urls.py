"""One URL per thing: each department's addresses, then the pages over all departments."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from quacan.centre.config.search import views as search
from quacan.centre.config.today import views as today

DEPARTMENTS = (
    "base",
    "people",
    "organisation",
    "ledger",
    "parties",
    "instruments",
    "standards",
    "contracts",
    "activities",
    "verification",
    "certificates",
    "planning",
    "reporting",
    "portal",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("tim/", search.found, name="search"),
    *(
        path("", include(f"quacan.centre.{name}.urls"))
        for name in DEPARTMENTS
        if find_spec(f"quacan.centre.{name}.urls") is not None
    ),
]

"""One URL per thing: each department's addresses, then the pages over all departments."""

from django.urls import URLPattern, URLResolver, include, path

from quacan.centre.desk.auditing import views as auditing
from quacan.centre.desk.organisations import scopes
from quacan.centre.desk.organisations import views as organisations
from quacan.centre.desk.search import views as search
from quacan.centre.desk.today import views as today

DEPARTMENTS = (
    "base",
    "people",
    "followups",
    "parties",
    "instruments",
    "facilities",
    "standards",
    "contracts",
    "activities",
    "visitors",
    "verification",
    "certificates",
    "quality",
    "reporting",
    "portal",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("tim/", search.found, name="search"),
    path("co-quan/", organisations.organisations, name="organisations"),
    path("co-quan/<str:code>/", organisations.organisation, name="organisation"),
    path("co-quan/<str:code>/truc-thuoc/", organisations.found, name="found_organisation"),
    path("co-quan/<str:code>/phong/", organisations.open_unit, name="open_unit"),
    path("co-quan/<str:code>/co-so/", organisations.open_site, name="open_site"),
    path("co-quan/<str:code>/tiep-nhan/", organisations.succeed, name="succeed"),
    path("co-quan/<str:code>/pham-vi/", scopes.scopes, name="scopes"),
    path("co-quan/<str:code>/pham-vi/nhap/", scopes.enter, name="enter_scope"),
    path("co-quan/<str:code>/pham-vi/<int:pk>/", scopes.scope, name="scope"),
    path("co-quan/<str:code>/pham-vi/<int:pk>/them/", scopes.add_lines, name="add_scope_lines"),
    path("co-quan/<str:code>/pham-vi/<int:pk>/ket-thuc/", scopes.end, name="end_scope"),
    path("pham-vi/", scopes.own, name="own_scopes"),
    path("nhat-ky/", auditing.audit, name="audit"),
    *(path("", include(f"quacan.centre.{name}.urls")) for name in DEPARTMENTS),
]

"""One URL per thing: each department's addresses, then the pages over all departments."""

from django.urls import URLPattern, URLResolver, include, path

from quacan.centre.config.auditing import views as auditing
from quacan.centre.config.following import views as following
from quacan.centre.config.organisations import scopes
from quacan.centre.config.organisations import views as organisations
from quacan.centre.config.search import views as search
from quacan.centre.config.today import views as today

DEPARTMENTS = (
    "base",
    "people",
    "parties",
    "instruments",
    "facilities",
    "standards",
    "contracts",
    "activities",
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
    path("viec/moi/", following.new_follow_up, name="new_follow_up"),
    path("viec/<int:pk>/", following.follow_up, name="follow_up"),
    path("viec/<int:pk>/xong/", following.finish, name="finish_follow_up"),
    path("viec/<int:pk>/xac-nhan/", following.confirm, name="confirm_follow_up"),
    *(path("", include(f"quacan.centre.{name}.urls")) for name in DEPARTMENTS),
]

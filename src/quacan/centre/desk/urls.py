"""Addresses of the pages over all departments."""

from django.urls import path

from quacan.centre.desk.views import history, organisations, scopes, search, today

urlpatterns = [
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
    path("nhat-ky/", history.audit, name="audit"),
]

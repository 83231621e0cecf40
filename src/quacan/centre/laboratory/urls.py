"""Addresses of the laboratory."""

from django.urls import path

from quacan.centre.laboratory import views

app_name = "laboratory"
urlpatterns = [
    path("thu-nghiem/", views.register, name="register"),
    path("thu-nghiem/moi/", views.choose, name="choose"),
    path("thu-nghiem/moi/<int:place>/<slug:code>/", views.new, name="new"),
    path("thu-nghiem/<int:pk>/", views.test, name="test"),
    path("thu-nghiem/<int:pk>/so-doc/", views.enter, name="enter"),
    path("thu-nghiem/<int:pk>/chuan/", views.use_standard, name="use_standard"),
    path("thu-nghiem/<int:pk>/gui/", views.submit, name="submit"),
    path("thu-nghiem/<int:pk>/duyet/", views.report, name="report"),
    path("thu-nghiem/<int:pk>/tra-lai/", views.send_back, name="return"),
    path("thu-nghiem/<int:pk>/bo/", views.void, name="void"),
    path("thu-nghiem/<int:pk>/phieu-ket-qua.pdf", views.report_file, name="report_file"),
]

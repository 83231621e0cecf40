"""Addresses of the mechanisms' own pages."""

from django.urls import path

from quacan.centre.base import views

app_name = "base"

urlpatterns = [
    path("ui/", views.ui, name="ui"),
    path("hinh/<str:sha256>.svg", views.chart, name="chart"),
]

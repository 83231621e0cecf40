"""Addresses of the public."""

from django.urls import path

from quacan.centre.portal import views

app_name = "portal"

urlpatterns = [
    path("kiem-tra/", views.ask, name="ask"),
    path("kiem-tra/<path:asked>", views.check, name="check"),
]

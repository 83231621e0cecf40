"""Addresses of follow-ups."""

from django.urls import path

from quacan.centre.followups import views

app_name = "followups"
urlpatterns = [
    path("viec/moi/", views.new_follow_up, name="new"),
    path("viec/<int:pk>/", views.follow_up, name="follow_up"),
    path("viec/<int:pk>/xong/", views.finish, name="finish"),
    path("viec/<int:pk>/xac-nhan/", views.confirm, name="confirm"),
    path("viec/<int:pk>/chuyen/", views.pass_on, name="pass_on"),
    path("viec/<int:pk>/rut/", views.call_off, name="call_off"),
]

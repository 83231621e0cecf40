"""Addresses of signing in and of people."""

from django.urls import path

from quacan.centre.people import views

app_name = "people"

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("doi-mat-khau/", views.change_password, name="change_password"),
    path("ngon-ngu/", views.language, name="language"),
    path("nen/", views.theme, name="theme"),
]

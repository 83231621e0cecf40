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
    path("nguoi-dung/", views.people, name="people"),
    path("nguoi-dung/them/", views.enter, name="enter"),
    path("nguoi-dung/<int:pk>/", views.person, name="person"),
    path("nguoi-dung/<int:pk>/vai-tro/", views.assign, name="assign"),
    path("nguoi-dung/<int:pk>/vai-tro/<int:assignment>/ket-thuc/", views.end, name="end_assignment"),
    path("nguoi-dung/<int:pk>/mat-khau/", views.reset, name="reset_password"),
    path("nguoi-dung/<int:pk>/dong/", views.let_go, name="let_go"),
    path("nguoi-dung/<int:pk>/mo-lai/", views.take_back, name="take_back"),
]

"""Addresses of the visitors' register."""

from django.urls import path

from quacan.centre.visitors import views

app_name = "visitors"
urlpatterns = [
    path("khach/", views.register, name="register"),
    path("khach/moi/", views.new, name="new"),
    path("khach/<int:pk>/", views.visit, name="visit"),
    path("khach/<int:pk>/sua/", views.change, name="change"),
    path("khach/<int:pk>/den/", views.admit_visitor, name="admit"),
    path("khach/<int:pk>/ve/", views.show_out, name="show_out"),
    path("khach/<int:pk>/huy/", views.cancel, name="cancel"),
]

"""Addresses of standards."""

from django.urls import path

from quacan.centre.standards import views

app_name = "standards"

urlpatterns = [
    path("chuan/", views.standards, name="standards"),
    path("chuan/moi/", views.new_standard, name="new"),
    path("chuan/<int:pk>/", views.standard, name="standard"),
    path("chuan/<int:pk>/sua/", views.change_standard, name="change"),
    path("chuan/<int:pk>/trang-thai/", views.change_state, name="state"),
    path("chuan/<int:pk>/chung-nhan/", views.new_certificate, name="new_certificate"),
    path("chuan/<int:pk>/tep/<int:file_pk>/", views.certificate_file, name="file"),
]

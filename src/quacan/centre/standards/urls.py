"""Addresses of standards."""

from django.urls import path

from quacan.centre.standards import views

app_name = "standards"

urlpatterns = [
    path("chuan/", views.standards, name="standards"),
    path("chuan/den-han/", views.due, name="due"),
    path("chuan/moi/", views.new_standard, name="new"),
    path("chuan/<int:pk>/", views.standard, name="standard"),
    path("chuan/<int:pk>/sua/", views.change_standard, name="change"),
    path("chuan/<int:pk>/trang-thai/", views.change_state, name="state"),
    path("chuan/<int:pk>/chung-nhan/", views.new_certificate, name="new_certificate"),
    path("chuan/<int:pk>/tep/<int:file_pk>/", views.certificate_file, name="file"),
    path("chuan/<int:pk>/do-troi/", views.drift, name="drift"),
    path("chuan/<int:pk>/kiem-tra/", views.checks, name="checks"),
    path("chuan/<int:pk>/kiem-tra/ke-hoach/", views.plan, name="plan"),
    path("chuan/<int:pk>/kiem-tra/<int:plan_pk>/ghi/", views.record, name="record"),
    path("chuan/<int:pk>/kiem-tra/<int:plan_pk>/thoi/", views.end, name="end"),
    path("chuan/<int:pk>/kiem-tra/<int:check_pk>/rut/", views.withdraw, name="withdraw"),
    path("chuan/<int:pk>/giu/", views.keeping, name="keeping"),
    path("chuan/<int:pk>/giu/muon/", views.lend, name="lend"),
    path("chuan/<int:pk>/giu/muon/<int:loan_pk>/tra/", views.give_back, name="give_back"),
    path("chuan/<int:pk>/giu/noi-de/", views.move, name="move"),
    path("chuan/<int:pk>/giu/bao-duong/", views.maintain, name="maintain"),
]

"""Addresses of places that are watched."""

from django.urls import path

from quacan.centre.facilities import views

app_name = "facilities"

urlpatterns = [
    path("moi-truong/", views.points, name="points"),
    path("moi-truong/moi/", views.new_point, name="new"),
    path("moi-truong/<int:pk>/", views.point, name="point"),
    path("moi-truong/<int:pk>/sua/", views.change_point, name="change"),
    path("moi-truong/<int:pk>/gioi-han/", views.set_limit, name="limit"),
    path("moi-truong/<int:pk>/ghi/", views.enter_record, name="record"),
    path("moi-truong/<int:pk>/nhap/", views.import_file, name="import"),
    path("moi-truong/<int:pk>/tep/<int:file_pk>/", views.logger_file, name="file"),
    path("moi-truong/<int:pk>/canh-bao/<int:alarm_pk>/", views.acknowledge, name="acknowledge"),
]

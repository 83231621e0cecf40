"""Addresses of the register of instruments."""

from django.urls import path

from quacan.centre.instruments import views

app_name = "instruments"

urlpatterns = [
    path("phuong-tien-do/", views.instruments, name="instruments"),
    path("phuong-tien-do/moi/", views.new_instrument, name="new"),
    path("phuong-tien-do/dac-tinh/", views.characteristics, name="characteristics"),
    path("phuong-tien-do/cua/<int:pk>/", views.of_party, name="of_party"),
    path("phuong-tien-do/<int:pk>/", views.instrument, name="instrument"),
    path("phuong-tien-do/<int:pk>/sua/", views.change_instrument, name="change"),
    path("phuong-tien-do/<int:pk>/chuyen/", views.move_instrument, name="move"),
    path("phuong-tien-do/<int:pk>/su-dung/", views.change_use, name="use"),
]

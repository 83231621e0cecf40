"""Addresses of certificates and stamps."""

from django.urls import path

from quacan.centre.certificates import views

app_name = "certificates"

urlpatterns = [
    path("chung-nhan/", views.certificates, name="certificates"),
    path("chung-nhan/ky/", views.signing, name="signing"),
    path("chung-nhan/ky/phien/", views.open_session, name="open_session"),
    path("chung-nhan/ky/<int:pk>/", views.sign_one, name="sign_one"),
    path("chung-nhan/<int:pk>/", views.certificate, name="certificate"),
    path("chung-nhan/<int:pk>/thu-hoi/", views.revoke, name="revoke"),
    path("chung-nhan/<int:pk>/<slug:which>.<slug:suffix>", views.paper, name="paper"),
    path("tem/", views.stamps, name="stamps"),
    path("tem/nhan/", views.receive, name="receive"),
    path("tem/giao/", views.hand_out, name="hand_out"),
    path("tem/hong/", views.damage, name="damage"),
]

"""Addresses of the register of parties."""

from django.urls import path

from quacan.centre.parties import views

app_name = "parties"

urlpatterns = [
    path("doi-tuong/", views.parties, name="parties"),
    path("doi-tuong/moi/", views.new_party, name="new"),
    path("doi-tuong/giong/", views.like, name="like"),
    path("doi-tuong/chon/", views.choices, name="choices"),
    path("doi-tuong/trung/", views.duplicates, name="duplicates"),
    path("doi-tuong/<int:pk>/", views.party, name="party"),
    path("doi-tuong/<int:pk>/sua/", views.change_party, name="change"),
    path("doi-tuong/<int:pk>/gop/", views.merge, name="merge"),
    path("doi-tuong/<int:pk>/co-so/", views.new_establishment, name="new_place"),
    path("doi-tuong/<int:pk>/co-so/<int:place_pk>/", views.change_establishment, name="place"),
]

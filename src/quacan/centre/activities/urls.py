"""Addresses of activities."""

from django.urls import path

from quacan.centre.activities import views

app_name = "activities"

urlpatterns = [
    path("hoat-dong/", views.activities, name="activities"),
    path("hoat-dong/moi/", views.new_activity, name="new"),
    path("hoat-dong/doi-tuong/", views.party_choices, name="parties"),
    path("hoat-dong/<int:pk>/", views.activity, name="activity"),
    path("hoat-dong/<int:pk>/sua/", views.change_activity, name="change"),
    path("hoat-dong/<int:pk>/xac-nhan/", views.confirm, name="confirm"),
    path("hoat-dong/<int:pk>/huy/", views.cancel, name="cancel"),
    path("hoat-dong/<int:pk>/tep/", views.attach, name="attach"),
    path("hoat-dong/<int:pk>/tep/<int:key>/", views.evidence, name="evidence"),
]

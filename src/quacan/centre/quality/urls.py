"""Addresses of the quality system."""

from django.urls import path

from quacan.centre.quality.views import deviations, nonconformities, simulations, traces

app_name = "quality"

urlpatterns = [
    path("chat-luong/", nonconformities.nonconformities, name="nonconformities"),
    path("chat-luong/sai-lech/<int:pk>/", deviations.grant, name="deviation"),
    path("chat-luong/truy-xuat/<int:pk>/", traces.certificate, name="certificate_tree"),
    path("chat-luong/chuan/<int:pk>/", traces.standard, name="standard_tree"),
    path("chat-luong/mo-phong/", simulations.simulations, name="simulations"),
    path("chat-luong/mo-phong/moi/", simulations.new_simulation, name="new_simulation"),
    path("chat-luong/mo-phong/<int:pk>/", simulations.simulation, name="simulation"),
    path("chat-luong/mo-phong/<int:pk>/tiep/", simulations.advance, name="advance"),
    path("chat-luong/mo-phong/<int:pk>/khong-phu-hop/", nonconformities.new_nonconformity, name="open"),
    path("chat-luong/khong-phu-hop/<int:pk>/", nonconformities.nonconformity, name="nonconformity"),
    path("chat-luong/khong-phu-hop/<int:pk>/dong/", nonconformities.close, name="close"),
    path("chat-luong/khong-phu-hop/<int:pk>/thong-bao/<int:key>/", nonconformities.notice, name="notice"),
]

"""Addresses of contracts, orders and jobs."""

from django.urls import path

from quacan.centre.contracts.views import contracts, orders

app_name = "contracts"

urlpatterns = [
    path("hop-dong/", contracts.contracts, name="contracts"),
    path("hop-dong/moi/", contracts.new_contract, name="new"),
    path("hop-dong/cua/<int:pk>/", contracts.of_party, name="of_party"),
    path("hop-dong/<int:pk>/", contracts.contract, name="contract"),
    path("hop-dong/<int:pk>/sua/", contracts.change_contract, name="change"),
    path("hop-dong/<int:pk>/mo-lai/", contracts.reopen, name="reopen"),
    path("hop-dong/<int:pk>/huy/", contracts.cancel, name="cancel"),
    path("hop-dong/<int:pk>/giao-viec/", orders.new_order, name="new_order"),
    path("hop-dong/<int:pk>/giao-viec/<int:line_pk>/them/", orders.new_instrument, name="new_instrument"),
    path("hop-dong/<int:pk>/khoi-luong/<int:line_pk>/", contracts.report, name="report"),
    path("hop-dong/<int:pk>/xem-xet/", contracts.review, name="review"),
    path("hop-dong/<int:pk>/ky/", contracts.sign, name="sign"),
    path("hop-dong/<int:pk>/nghiem-thu/", contracts.accept, name="accept"),
    path("phieu-viec/", orders.orders, name="orders"),
    path("phieu-viec/phuong-tien/<int:pk>/", orders.of_instrument, name="of_instrument"),
    path("phieu-viec/<int:pk>/", orders.order, name="order"),
    path("phieu-viec/<int:pk>/them/", orders.add_jobs, name="add_jobs"),
    path("phieu-viec/viec/<int:pk>/doi-nguoi/", orders.reassign, name="reassign"),
    path("phieu-viec/viec/<int:pk>/huy/", orders.cancel, name="cancel_job"),
]

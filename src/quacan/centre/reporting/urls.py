"""Addresses of reports, figures, the book and plans."""

from django.urls import path

from quacan.centre.reporting.views import book, figures, plans, reports

app_name = "reporting"

REPORT = "bao-cao/<str:organisation>/<str:code>/"

urlpatterns = [
    path("bao-cao/", reports.report_list, name="reports"),
    path(REPORT, reports.report_page, name="report"),
    path(f"{REPORT}tep/<str:format>/", reports.report_file, name="file"),
    path(f"{REPORT}soan/", reports.prepare, name="prepare"),
    path(f"{REPORT}loi-van/", reports.write, name="write"),
    path(f"{REPORT}trinh/", reports.submit, name="submit"),
    path(f"{REPORT}tra-lai/", reports.give_back, name="give_back"),
    path(f"{REPORT}ban-hanh/", reports.issue, name="issue"),
    path(f"{REPORT}nhan-soan/", reports.take_over, name="take_over"),
    path(f"{REPORT}chot/", reports.close, name="close"),
    path(f"{REPORT}chot-som/", reports.close, {"early": True}, name="close_early"),
    path(f"{REPORT}chi-tieu/<str:indicator>/", figures.indicator_page, name="indicator"),
    path("so-nghiep-vu/", book.book, name="book"),
    path("so-nghiep-vu/<str:organisation>/<int:seq>/", figures.entry_page, name="entry"),
    path("ke-hoach/", plans.plan_list, name="plans"),
    path("ke-hoach/moi/", plans.new_plan, name="new_plan"),
    path("ke-hoach/<int:pk>/", plans.plan_page, name="plan"),
    path("ke-hoach/<int:pk>/chi-tieu/", plans.set_target, name="set_target"),
    path("ke-hoach/<int:pk>/duyet/", plans.approve, name="approve_plan"),
]

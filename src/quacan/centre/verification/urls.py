"""Addresses of worksheets."""

from django.urls import path

from quacan.centre.verification import views

app_name = "verification"

urlpatterns = [
    path("chuan/<int:pk>/su-dung/", views.standard_use, name="standard_use"),
    path("kiem-dinh-vien/", views.verifiers, name="verifiers"),
    path("kiem-dinh-vien/ma-tran/", views.matrix, name="matrix"),
    path("kiem-dinh-vien/<int:pk>/", views.verifier, name="verifier"),
    path("kiem-dinh-vien/<int:pk>/khoa-hoc/", views.add_course, name="add_course"),
    path("kiem-dinh-vien/<int:pk>/khoa-hoc/<int:file>/", views.course_file, name="course_file"),
    path("kiem-dinh-vien/<int:pk>/uy-quyen/<int:leave>/ket-thuc/", views.end_leave, name="end_leave"),
    path("kiem-dinh-vien/<int:pk>/the/", views.add_card, name="add_card"),
    path("kiem-dinh-vien/<int:pk>/uy-quyen/", views.add_authorisation, name="add_authorisation"),
    path("quy-trinh/", views.procedures, name="procedures"),
    path("quy-trinh/soat/", views.check_definition, name="check_definition"),
    path("quy-trinh/<slug:code>/", views.declared, name="declared"),
    path("quy-trinh/<slug:code>/<slug:name>/", views.case, name="case"),
    path("kiem-dinh/", views.sheets, name="worksheets"),
    path("kiem-dinh/mo/<int:job>/", views.open_sheet, name="open"),
    path("kiem-dinh/ban-thu/", views.bench_list, name="benches"),
    path("kiem-dinh/lo/", views.all_batches, name="batches"),
    path("kiem-dinh/lo/mo/<int:order>/", views.open_batch, name="open_batch"),
    path("kiem-dinh/lo/tep/<int:file>/", views.bench_file, name="bench_file"),
    path("kiem-dinh/lo/tep/<int:file>/tinh/", views.weigh_file, name="weigh_file"),
    path("kiem-dinh/lo/tep/<int:file>/ghi/", views.record_file, name="record_file"),
    path("kiem-dinh/lo/<int:batch>/", views.batch, name="batch"),
    path("kiem-dinh/lo/<int:batch>/tep/", views.upload, name="upload_bench_file"),
    path("kiem-dinh/lo/<int:batch>/chuan/", views.batch_standard, name="batch_standard"),
    path("kiem-dinh/lo/<int:batch>/gui/", views.send_batch, name="send_batch"),
    path("kiem-dinh/lo/<int:batch>/duyet/", views.approve_batch, name="approve_batch"),
    path("kiem-dinh/<int:key>/", views.sheet, name="worksheet"),
    path("kiem-dinh/<int:key>/so-doc/", views.save, name="save"),
    path("kiem-dinh/<int:key>/chuan/", views.choose_standard, name="standard"),
    path("kiem-dinh/<int:key>/luot/", views.start_run, name="run"),
    path("kiem-dinh/<int:key>/anh/", views.add_photos, name="add_photos"),
    path("kiem-dinh/<int:key>/anh/<int:photo>/", views.photo, name="photo"),
    path("kiem-dinh/<int:key>/anh/<int:photo>/rut/", views.withdraw_photo, name="withdraw_photo"),
    path("kiem-dinh/<int:key>/niem-phong/", views.add_seal, name="add_seal"),
    path("kiem-dinh/<int:key>/niem-phong/<int:seal>/rut/", views.withdraw_seal, name="withdraw_seal"),
    path("kiem-dinh/<int:key>/lay-lai-kiem-tra/", views.carry_checklists, name="carry_checklists"),
    path("kiem-dinh/<int:key>/lich-su/", views.history, name="history"),
    path("kiem-dinh/<int:key>/moi-truong/", views.surroundings, name="surroundings"),
    path("kiem-dinh/<int:key>/ngan-sach/", views.budgets, name="budgets"),
    path("kiem-dinh/<int:key>/quy-trinh/", views.procedure, name="procedure"),
    path("kiem-dinh/<int:key>/gui/", views.make_move, {"name": "submit"}, name="submit"),
    path("kiem-dinh/<int:key>/duyet/", views.make_move, {"name": "approve"}, name="approve"),
    path("kiem-dinh/<int:key>/tra/", views.make_move, {"name": "return"}, name="return"),
    path("kiem-dinh/<int:key>/bo/", views.make_move, {"name": "void"}, name="void"),
    path("kiem-dinh/<int:key>/thay-the/", views.make_move, {"name": "replace"}, name="replace"),
    path(
        "kiem-dinh/<int:key>/xin-sai-lech/", views.make_move, {"name": "ask_deviation"}, name="ask_deviation"
    ),
    path(
        "kiem-dinh/<int:key>/sua-dac-tinh/",
        views.make_move,
        {"name": "correct_characteristics"},
        name="correct_characteristics",
    ),
]

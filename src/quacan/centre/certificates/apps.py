"""Certificates, failure notices and stamps."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "quacan.centre.certificates"
    label = "certificates"

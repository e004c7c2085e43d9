from importlib import import_module

from django.apps import AppConfig


class CertificatesPracticeConfig(AppConfig):
    name = "certificates.practice"
    label = "certificates_practice"
    verbose_name = "Certificates"

    def ready(self):
        import_module("certificates.practice.receivers")
        import_module("certificates.practice.permissions")

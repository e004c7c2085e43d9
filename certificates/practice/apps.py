from importlib import import_module

from django.apps import AppConfig


class CertificatesPracticeConfig(AppConfig):
    name = "certificates.practice"
    label = "certificates_practice"
    verbose_name = "Certificates"

    def ready(self):
        from certificates.practice.panels import certificate_earned
        from cohorts.practice.panels import register_panel, register_record_panel

        import_module("certificates.practice.receivers")
        import_module("certificates.practice.permissions")
        register_panel(certificate_earned)
        register_record_panel(certificate_earned)

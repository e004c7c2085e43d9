from django.apps import AppConfig


class CertificatesPracticeConfig(AppConfig):
    name = "certificates.practice"
    label = "certificates_practice"
    verbose_name = "Certificates"

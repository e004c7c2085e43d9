from django.apps import AppConfig


class CertificatesStaffConfig(AppConfig):
    name = "certificates.staff"
    label = "certificates_staff"
    verbose_name = "Certificates for staff"

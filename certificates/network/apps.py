from django.apps import AppConfig


class CertificatesNetworkConfig(AppConfig):
    name = "certificates.network"
    label = "certificates_network"
    verbose_name = "Certificate registry"

"""Registration with Wagtail, and nothing else."""

from django.urls import include, path
from wagtail import hooks

from curriculum.banks.viewsets import BankViewSet, QuestionViewSet


@hooks.register("register_admin_viewset")
def viewsets():
    return [BankViewSet(), QuestionViewSet()]


@hooks.register("register_admin_urls")
def urls():
    return [path("question-banks/", include("curriculum.banks.urls"))]

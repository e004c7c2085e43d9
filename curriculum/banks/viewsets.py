"""Wagtail's own forms for banks and their questions; lists and imports of one bank are in views."""

import contextlib

from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from curriculum.banks.models import BankQuestion, QuestionBank


class BankIndex(generic.IndexView):
    def get_edit_url(self, instance):
        return instance.get_absolute_url()


class BankViewSet(ModelViewSet):
    model = QuestionBank
    name = "question_bank"
    url_prefix = "question_bank"
    icon = "help"
    menu_label = "Question banks"
    menu_order = 250
    add_to_admin_menu = True
    index_view_class = BankIndex
    copy_view_enabled = False
    list_export = ()
    form_fields = ["name", "about"]
    list_display = ["name", "about"]
    search_fields = ["name", "about"]


class ToItsBank:
    """After a question is written, the way leads back to its bank."""

    object: BankQuestion

    def get_success_url(self):
        return reverse("question_banks:bank", args=[self.object.bank_id])


class AddQuestion(ToItsBank, generic.CreateView):
    def get_initial_form_instance(self):
        instance = super().get_initial_form_instance() or BankQuestion()
        with contextlib.suppress(QuestionBank.DoesNotExist, ValidationError):  # none there: the form asks
            instance.bank = QuestionBank.objects.get(pk=self.request.GET.get("bank"))
        # Its one question stands there to be filled in, rather than the complaint that it is missing.
        block = instance.content.stream_block.child_blocks["question"]
        instance.content = [("question", block.get_default())]  # type: ignore[assignment]  # as a StreamField takes it
        return instance


class EditQuestion(ToItsBank, generic.EditView):
    pass


class DeleteQuestion(ToItsBank, generic.DeleteView):
    pass


class QuestionViewSet(ModelViewSet):
    model = BankQuestion
    name = "bank_question"
    url_prefix = "bank_question"
    icon = "help"
    add_view_class = AddQuestion
    edit_view_class = EditQuestion
    delete_view_class = DeleteQuestion
    copy_view_enabled = False
    list_export = ()
    list_display = ["title", "kind", "bank"]
    list_filter = ["bank", "kind"]
    search_fields = ["title"]

"""A refusal anywhere in the CMS is a sentence on the page's review, never an error."""

from django.contrib import messages
from django.shortcuts import redirect

from curriculum.review.eyes import Refused
from curriculum.review.words import in_words


class RefusalMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        messages.error(request, in_words(exception))
        return redirect("curriculum_review:page", page=exception.page_id)

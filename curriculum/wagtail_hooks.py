"""Registration with Wagtail, and nothing else."""

from wagtail import hooks

from curriculum.serving import refuse_document

hooks.register("before_serve_document", refuse_document)

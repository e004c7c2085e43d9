"""What Wagtail loads while its own models load, so everything is imported when it is needed."""


def publish_approved(workflow_state, user=None) -> None:
    """A workflow has ended (WAGTAIL_FINISH_WORKFLOW_ACTION): publish what was approved, not what is latest."""
    from curriculum.review.deciding import publish_approved_text

    publish_approved_text(workflow_state, user)

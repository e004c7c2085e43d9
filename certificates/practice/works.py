from certificates.practice.actions import issue
from lms.outbox.registry import work


@work("issue_certificate")
def issue_certificate(ids: dict) -> None:
    issue(enrollment_id=ids["enrollment"], kind=ids["kind"], year=ids["year"])

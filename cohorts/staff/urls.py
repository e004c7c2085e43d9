"""Views across practices, for program staff and faculty."""

from django.urls import path

from cohorts.staff import (
    cohort_views,
    difference_views,
    nomination_views,
    question_views,
    regrading_views,
    session_views,
)

app_name = "cohorts_staff"
urlpatterns = [
    path("cohorts/", cohort_views.cohorts, name="cohorts"),
    path("cohorts/new/", cohort_views.new_cohort, name="new_cohort"),
    path("cohorts/<uuid:cohort>/", cohort_views.cohort, name="cohort"),
    path("cohorts/<uuid:cohort>/edit/", cohort_views.edit_cohort, name="edit_cohort"),
    path("cohorts/<uuid:cohort>/plan/", cohort_views.plan, name="plan"),
    path("cohorts/<uuid:cohort>/plan/differences/", difference_views.differences, name="differences"),
    path("cohorts/<uuid:cohort>/leaders/new/", cohort_views.new_leader, name="new_leader"),
    path("cohorts/<uuid:cohort>/sessions/new/", session_views.new_session, name="new_session"),
    path("sessions/", session_views.sessions, name="sessions"),
    path("sessions/<uuid:cohort_session>/", session_views.cohort_session, name="cohort_session"),
    path("sessions/<uuid:cohort_session>/evidence/", session_views.session_evidence, name="session_evidence"),
    path("sessions/<uuid:cohort_session>/edit/", session_views.edit_session, name="edit_session"),
    path("sessions/<uuid:cohort_session>/cancel/", session_views.cancel_session, name="cancel_session"),
    path("sessions/<uuid:cohort_session>/attendance/", session_views.attendance, name="attendance"),
    path("faculty/sessions/", session_views.faculty_sessions, name="faculty_sessions"),
    path("keys/", regrading_views.mended_keys, name="mended_keys"),
    path("keys/<uuid:change>/", regrading_views.mended_key, name="mended_key"),
    path("keys/<uuid:change>/decide/", regrading_views.decide_key, name="decide_key"),
    path("questions/", question_views.questions, name="questions"),
    path("questions/<slug:asked_in>/<uuid:faculty_question>/", question_views.question, name="question"),
    path("questions/shown/<uuid:page_answer>/withdraw/", question_views.withdraw_answer, name="withdraw_answer"),
    path("nominations/", nomination_views.nominations, name="nominations"),
    path("nominations/<slug:practice>/<uuid:nomination>/", nomination_views.nomination, name="nomination"),
]

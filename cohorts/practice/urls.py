"""A leader's two years and a practice's view of them."""

from django.urls import path

from cohorts.practice import (
    journey_views,
    leadership_views,
    lesson_views,
    nomination_views,
    past_views,
    session_views,
    staff_word_views,
)

app_name = "cohorts_practice"
urlpatterns = [
    path("", leadership_views.practice_home, name="practice_home"),
    path("journey/", journey_views.journey, name="journey"),
    path("peers/<uuid:enrollment>/", journey_views.peer, name="peer"),
    path("profile/", journey_views.profile, name="profile"),
    path("access-log/", journey_views.access_log, name="access_log"),
    path("modules/", lesson_views.modules, name="modules"),
    path("modules/<int:page>/", lesson_views.module, name="module"),
    path("lessons/<int:page>/", lesson_views.lesson, name="lesson"),
    path("lessons/<int:page>/complete/", lesson_views.complete, name="complete"),
    path("lessons/<int:page>/looked/", lesson_views.looked, name="looked"),
    path("lessons/<int:page>/checks/<uuid:check>/", lesson_views.answer_check, name="answer_check"),
    path("lessons/<int:page>/attempts/", lesson_views.ask_attempts, name="ask_attempts"),
    path("lessons/<int:page>/reflections/<uuid:block>/", lesson_views.reflect, name="reflect"),
    path("lessons/<int:page>/questions/", lesson_views.ask_about_lesson, name="ask_about_lesson"),
    path("modules/<int:page>/questions/", lesson_views.ask_about_module, name="ask_about_module"),
    path(
        "questions/<uuid:faculty_question>/take-back/",
        lesson_views.take_question_back,
        name="take_question_back",
    ),
    path("lessons/<int:page>/place/", lesson_views.keep_place, name="keep_place"),
    path("completed/", past_views.completed, name="completed"),
    path("completed/<uuid:completion>/", past_views.completed_text, name="completed_text"),
    path("sessions/", session_views.sessions, name="sessions"),
    path("sessions/<uuid:cohort_session>/", session_views.cohort_session, name="cohort_session"),
    path("sessions/<uuid:cohort_session>/reply/", session_views.reply, name="reply"),
    path("sessions/<uuid:cohort_session>/join/", session_views.join, name="join"),
    path("sessions/<uuid:cohort_session>/calendar.ics", session_views.session_calendar, name="session_calendar"),
    path("leaders/<uuid:enrollment>/", leadership_views.leader, name="leader"),
    path("leaders/<uuid:enrollment>/rulings/", staff_word_views.add_ruling, name="add_ruling"),
    path(
        "leaders/<uuid:enrollment>/rulings/<uuid:ruling>/withdraw/",
        staff_word_views.take_ruling_back,
        name="take_ruling_back",
    ),
    path("leaders/<uuid:enrollment>/attempts/<uuid:record>/", staff_word_views.grant, name="grant_attempts"),
    path(
        "leaders/<uuid:enrollment>/completed/<uuid:completion>/",
        past_views.text_as_completed,
        name="text_as_completed",
    ),
    path("leaders/<uuid:enrollment>/pause/", staff_word_views.pause, name="pause"),
    path("leaders/<uuid:enrollment>/resume/", staff_word_views.resume, name="resume"),
    path("leaders/<uuid:enrollment>/withdraw/", staff_word_views.withdraw, name="withdraw"),
    path("nominations/", nomination_views.nominations, name="nominations"),
    path("nominations/new/", nomination_views.new_nomination, name="new_nomination"),
    path("nominations/<uuid:nomination>/withdraw/", nomination_views.withdraw_nomination, name="withdraw_nomination"),
    path(
        "nominations/<uuid:nomination>/send-again/",
        nomination_views.send_nomination_again,
        name="send_nomination_again",
    ),
]

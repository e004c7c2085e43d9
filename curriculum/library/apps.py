from django.apps import AppConfig


class CurriculumLibraryConfig(AppConfig):
    name = "curriculum.library"
    label = "curriculum_library"
    verbose_name = "Library"

    def ready(self):
        from curriculum.library import receivers  # noqa: F401
        from curriculum.library.derived import DOCUMENTS, FACULTY
        from curriculum.library.pages import LESSONS, MODULES
        from curriculum.library.sources import register_source
        from curriculum.library.terms import TERMS
        from curriculum.permissions import reads_curriculum
        from lms.practices.access import ROLES

        for source in (MODULES, LESSONS, DOCUMENTS, FACULTY, TERMS):
            register_source(source)
        ROLES["reader"] = lambda request: reads_curriculum(request.user)

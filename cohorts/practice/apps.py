from django.apps import AppConfig


class CohortsPracticeConfig(AppConfig):
    name = "cohorts.practice"
    label = "cohorts_practice"
    verbose_name = "Cohort records"

    def ready(self):
        from cohorts.practice import receivers  # noqa: F401
        from cohorts.practice.page_counts import count_page_records
        from cohorts.practice.previewing import as_leader
        from cohorts.practice.queries import has_led, is_leader, leads_anywhere
        from cohorts.practice.reach import count_reach
        from cohorts.practice.reading import place_of, shelf_of
        from cohorts.practice.saving import PracticeKeeper
        from curriculum.guards import register_counter
        from curriculum.impact import register_reach
        from curriculum.library.saving import register_keeper
        from curriculum.library.shelves import register_shelf
        from curriculum.places import register_preview, register_reader
        from lms.practices.access import ROLES

        ROLES["leader"] = is_leader
        # Whoever left keeps the right to their own record.
        ROLES["former leader"] = has_led
        ROLES["any leader"] = leads_anywhere
        register_reader(place_of)
        register_shelf(shelf_of)
        register_keeper(PracticeKeeper())
        register_preview(as_leader)
        register_counter(count_page_records)
        register_reach(count_reach)

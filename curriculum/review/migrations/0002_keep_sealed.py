"""What is sealed keeps its content, whoever writes to it: Wagtail's autosave, a script, or a hand on the database."""

from django.db import migrations

KEEP = """
CREATE FUNCTION public.curriculum_review_keep_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.content, NEW.object_id, NEW.created_at) IS DISTINCT FROM (OLD.content, OLD.object_id, OLD.created_at)
       AND EXISTS (SELECT 1 FROM public.curriculum_review_seal WHERE revision_id = OLD.id) THEN
        RAISE EXCEPTION 'Revision % was submitted, approved or published: it never changes again.', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER curriculum_review_keep_sealed BEFORE UPDATE ON public.wagtailcore_revision
    FOR EACH ROW EXECUTE FUNCTION public.curriculum_review_keep_sealed();
"""
LET_GO = """
DROP TRIGGER curriculum_review_keep_sealed ON public.wagtailcore_revision;
DROP FUNCTION public.curriculum_review_keep_sealed();
"""
# What is live or scheduled on the day of this migration was let through by the rules of its time.
THERE_ALREADY = """
INSERT INTO public.curriculum_review_seal (revision_id, sealed_at)
SELECT live_revision_id, now() FROM public.wagtailcore_page WHERE live_revision_id IS NOT NULL
UNION SELECT id, now() FROM public.wagtailcore_revision WHERE approved_go_live_at IS NOT NULL
UNION SELECT revision_id, now() FROM public.wagtailcore_taskstate
ON CONFLICT DO NOTHING;
INSERT INTO public.curriculum_review_clearance
    (id, revision_id, kind, by_name, at, reason, looked_by_name, look_note)
SELECT gen_random_uuid(), revision_id, 'network', '', now(), '', '', ''
FROM (
    SELECT live_revision_id AS revision_id FROM public.wagtailcore_page WHERE live_revision_id IS NOT NULL
    UNION SELECT id FROM public.wagtailcore_revision WHERE approved_go_live_at IS NOT NULL
) AS there
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("curriculum_review", "0001_initial")]

    operations = [
        migrations.RunSQL(THERE_ALREADY, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, LET_GO),
    ]

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.search.index
from django.conf import settings
from django.db import migrations, models

import curriculum.captions
import curriculum.fields
import curriculum.uploads


class Migration(migrations.Migration):
    dependencies = [("curriculum", "0002_brought_in")]

    operations = [
        migrations.CreateModel(
            name="Competency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="What a leader who has it does, in a sentence or two.",
                        max_length=600,
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Where it stands in the framework: low numbers first.",
                        verbose_name="order",
                    ),
                ),
            ],
            options={"verbose_name_plural": "competencies", "ordering": ["sort_order", "name"]},
            bases=(wagtail.search.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="term")),
                (
                    "spellings",
                    models.TextField(
                        blank=True,
                        help_text="One on each line: plurals, abbreviations, the long form. Capital letters alone are "
                        "kept apart, so that “AIM” is not found in “aim”.",
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="other spellings",
                    ),
                ),
                (
                    "definition",
                    models.TextField(help_text="In one or two sentences, for a physician new to it.", max_length=600),
                ),
            ],
            options={
                "verbose_name": "term of the glossary",
                "verbose_name_plural": "terms of the glossary",
                "ordering": ["name"],
            },
            bases=(wagtail.search.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Video",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                (
                    "file",
                    models.FileField(
                        help_text="MP4 or WebM, up to 500 MB.",
                        upload_to="videos",
                        validators=[
                            django.core.validators.FileExtensionValidator(["mp4", "webm"]),
                            curriculum.uploads.refuse_large_video,
                            curriculum.uploads.refuse_other_than_video,
                        ],
                    ),
                ),
                (
                    "captions",
                    models.FileField(
                        blank=True,
                        help_text="A WebVTT file (.vtt) in English. Without one, every lesson that shows the video "
                        "needs a transcript.",
                        upload_to="captions",
                        validators=[
                            django.core.validators.FileExtensionValidator(["vtt"]),
                            curriculum.captions.refuse_broken_captions,
                        ],
                    ),
                ),
            ],
            options={"ordering": ["title"]},
            bases=(wagtail.search.index.Indexed, models.Model),
        ),
        migrations.RenameField(model_name="modulepage", old_name="competencies", new_name="competency_words"),
        migrations.AddField(
            model_name="modulepage",
            name="competencies",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True, related_name="modules", to="curriculum.competency"
            ),
        ),
        migrations.AddField(
            model_name="modulepage",
            name="minutes_set",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Left empty, the minutes of its lessons together.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(6000),
                ],
                verbose_name="minutes",
            ),
        ),
        migrations.AddField(
            model_name="modulepage",
            name="references",
            field=curriculum.fields.BlocksField(blank=True, default=list, verbose_name="sources"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="lessonpage",
            name="kind",
            field=models.CharField(
                choices=[("lesson", "Lesson"), ("overview", "Topic overview")], default="lesson", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="lessonpage",
            name="given_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose topic overview this is.",
                limit_choices_to={"network_roles__ended_at": None, "network_roles__role": "faculty"},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="member of faculty",
            ),
        ),
        migrations.AlterField(
            model_name="lessonpage",
            name="minutes_set",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Left empty, worked out from the text at 200 words a minute and the length of its videos.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(600),
                ],
                verbose_name="minutes",
            ),
        ),
    ]

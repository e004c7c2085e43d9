from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("curriculum", "0004_chosen_competencies")]

    operations = [migrations.RemoveField(model_name="modulepage", name="competency_words")]

"""What the pages of the curriculum are made of."""

from curriculum.blocks.body import LessonBody
from curriculum.blocks.checks import QuestionBlock, QuestionKind
from curriculum.blocks.figures import ChartKind
from curriculum.blocks.lists import Objectives, References

__all__ = ["ChartKind", "LessonBody", "Objectives", "QuestionBlock", "QuestionKind", "References"]

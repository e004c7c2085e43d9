"""What every page is drawn with: template tags, dates in words, form markup. No models."""

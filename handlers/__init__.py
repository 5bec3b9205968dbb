"""What Bifocal answers: clicks, forms, slash commands."""

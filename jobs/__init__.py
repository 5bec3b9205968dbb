"""What Bifocal does: ask, score, classify, contrast, render, send; on the clock or on request."""

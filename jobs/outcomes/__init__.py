"""Figures from elsewhere, such as churn or an app's rating: checked, entered by leads, read from files.

They stand beside the two sides and are never mixed in. Not here: scores and tests of scores (scoring), how
they look (messages).
"""

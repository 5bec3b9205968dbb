"""Buttons by which people say whether they want to be reminded and written to.

Not here: the buttons of an answer (answer_clicks), and what is kept of a person (my_data_clicks).
"""

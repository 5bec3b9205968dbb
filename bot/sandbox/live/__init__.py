"""What is open in the fake Slack just now: messages as they are posted, modals, sockets, tickets.

Here too: `World`, which holds it all. Not here: the things themselves, such as a channel or a user (model).
"""

"""What people read, by reader: records in, Block Kit as plain dicts out. Pure.

A message is `{"text": ..., "blocks": [...]}`: `text` is what a screen reader says, all of it in sentences. A
view is a whole modal. Texts of people stand only in plain_text or rich_text, or escaped.
Not here: what is computed (scoring, contrast), who may see it (permissions), how it is sent (delivery).
"""

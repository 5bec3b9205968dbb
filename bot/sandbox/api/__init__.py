"""The Web API of the fake Slack: its methods, their scopes and limits, and faults on demand.

Not here: what a method changes in the workspace (live), nor what people do (acting).
"""

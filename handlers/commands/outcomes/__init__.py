"""Figures from elsewhere as they are typed: `/pulse outcome`. Not here: the form that enters one (forms)."""

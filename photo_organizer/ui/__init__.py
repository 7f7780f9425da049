"""The interface: models, delegates, views and dialogs; it computes nothing itself."""

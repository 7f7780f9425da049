"""The interface: models, delegates, views and dialogs; it computes nothing itself."""

from photo_organizer.ui.lasting_bools import give_references

give_references()

"""The words on screen and their translations; :mod:`playground.locale.text` looks them up."""

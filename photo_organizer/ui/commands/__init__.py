"""The one list of what people can do: menus, palette and cheat sheet are made from it."""

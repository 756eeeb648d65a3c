"""How it talks and remembers: settings, rendering, the commands, the Telegram application."""

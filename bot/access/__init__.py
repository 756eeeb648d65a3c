"""Who may use the bot, for what, and how often."""

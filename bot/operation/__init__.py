"""Keep the bot running, and prove what it keeps."""

"""The content as others write it: its files rewritten; spreadsheets, CSV and Rasa files."""

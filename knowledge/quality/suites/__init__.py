"""Suites of questions and messages that judge the content: each asked, each with its verdict."""

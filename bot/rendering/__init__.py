"""Turn an answer into what a person reads or a program gets. The only writer of markup."""

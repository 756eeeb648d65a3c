"""`run`: the bot on Telegram."""

import click

from bot.cli import Program


@click.command("run")
@click.pass_obj
def run_command(program: Program) -> None:
    """Answer on Telegram until it is stopped; needs TELEGRAM_BOT_TOKEN."""
    if not program.settings.token:
        raise click.UsageError(
            "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather, "
            "or try 'python bot.py chat'."
        )
    program.start_telegram(program.settings)

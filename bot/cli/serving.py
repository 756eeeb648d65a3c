"""`run`: the bot on Telegram."""

from dataclasses import replace

import click

from bot.cli import Program


@click.command("run")
@click.option("--webhook", is_flag=True, help="Refuse to start unless WEBHOOK_URL is set.")
@click.option(
    "--stale-calibration",
    is_flag=True,
    help="Start though the calibration was fitted on other content.",
)
@click.pass_obj
def run_command(program: Program, webhook: bool = False, stale_calibration: bool = False) -> None:
    """Answer on Telegram until it is stopped; needs TELEGRAM_BOT_TOKEN.

    With WEBHOOK_URL set Telegram sends the messages there, else it is asked for them.
    """
    if webhook and not program.settings.webhook_url:
        raise click.UsageError("WEBHOOK_URL is not set: it says where Telegram is to send to.")
    if not program.settings.token:
        raise click.UsageError(
            "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather, "
            "or try 'python bot.py chat'."
        )
    program.start_telegram(replace(program.settings, stale_calibration=stale_calibration))

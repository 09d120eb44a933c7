"""What a user of the command line or of `check` did that cannot be done."""

from crm_sim import text


class AutogradeError(ValueError):
    """Says, in the language in use, which value is wrong, what may stand there and what to do."""

    def __init__(self, key: str, **values):
        super().__init__(text.say(f"autograde.error.{key}", **values))

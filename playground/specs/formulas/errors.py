"""What is wrong with the text of a formula."""


class FormulaError(ValueError):
    """No formula; the message says what was expected and received.

    Attributes:
        at: the character that it is about, from 0.
        length: how many characters it is about.
        fix: the text with the obvious remedy; empty where there is none.
    """

    def __init__(self, message: str, at: int = 0, length: int = 1, fix: str = "") -> None:
        super().__init__(message)
        self.at = at
        self.length = max(1, length)
        self.fix = fix

    @property
    def in_words(self) -> str:
        """The message with its place, counted from 1."""
        return f"at character {self.at + 1}, {self}"

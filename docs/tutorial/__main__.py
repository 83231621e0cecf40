"""`python -m docs.tutorial`: run the tutorial, write its outputs and draw its pictures."""

from docs.tutorial.notebook import PAGE, ran, written
from docs.tutorial.pictures import FOLDER, SPECIFICATIONS, svg


def main() -> None:
    """This will bring page and pictures up to date with the library."""
    text = PAGE.read_text("utf-8")
    outputs, names = ran(text)
    PAGE.write_text(written(text, outputs), "utf-8")
    for name, describe in SPECIFICATIONS.items():
        (FOLDER / f"{name}.svg").write_text(svg(describe(names)), "utf-8")


if __name__ == "__main__":
    main()

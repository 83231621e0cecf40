"""`python -m validation`: run the published cases, write docs/validation.md, say what failed."""

import sys

from validation.report import PAGE, all_rows, page


def main() -> int:
    """This will write the page and return 1 when any quantity does not pass."""
    rows = all_rows()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(rows), "utf-8")
    failed = [row for row in rows if row.outcome != "pass"]
    for row in failed:
        print(
            f"{row.case}: {row.quantity}: {row.outcome}; published {row.published}, ours {row.ours}",
            file=sys.stderr,
        )
    print(f"{len(rows) - len(failed)} of {len(rows)} quantities pass; see {PAGE.name}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

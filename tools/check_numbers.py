#!/usr/bin/env python3
"""Recomputes every number of the built briefs, apart from kosh, and compares the pages with it.

    tools/check_numbers.py [--project DIR] [--output DIR] [--profile NAME,NAME] [--forms FORM,FORM] [PERIOD ...]

It shares no code with kosh: it reads data/*.csv itself, has the rules of the brief in its own code (`recount/`), and
reads the text of the PDFs by their tags, so that no layout can mix two texts. It checks that

1. every text with a number (sentence, title, caption, card or note) matches a line of `recount/wording.LANG.txt`, and
   each number, direction, name, date and period in it is the one that this line asks for;
2. every cell of every table is the value of its row and column, and no row is missing;
3. every number of a drawing is beside the member it belongs to, or is a value or tick of its series;
4. acts, research claims and options are those of the registers, word for word;
5. no number is more precise than its sources;
6. the editions of one period print the same texts and numbers;
7. the texts that a brief always prints when their values are known are there.

A new or changed text of the templates is reported as one that no wording knows: add it to `recount/wording.LANG.txt`,
with the values it prints. `--profile` takes the bodies by the names of their folders (`bns`, `mne`, `akimat-KZ-71`).
It exits with 1 if anything is wrong. Needs Python 3.11, nothing else.
"""

import argparse, pathlib, sys

sys.dont_write_bytecode = True
from recount.briefs import FORMS, Bench
from recount.data import PERIODS, Data


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("periods", nargs="*", default=list(PERIODS), metavar="PERIOD")
    parser.add_argument("--project", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--profile", default="bns", help="which bodies, separated by commas")
    parser.add_argument("--forms", default=",".join(FORMS), help="which forms were built, separated by commas")
    options = parser.parse_args()
    output = options.output or options.project / "output"
    forms = options.forms.split(",")
    if unknown := [form for form in forms if form not in FORMS]:
        parser.error(f"no form {unknown[0]!r}: {', '.join(FORMS)}")
    data = Data(options.project / "data")
    fine = True
    for period in options.periods:
        for profile in options.profile.split(","):
            bench = Bench(data, period, profile)
            for form in forms:
                problems, counts = bench.check(form, output / period / profile)
                print(f"{period}, {profile}, {form}: {counts}, {len(problems)} problems")
                for problem in problems:
                    print("  " + problem)
                fine = fine and not problems
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes Sources/FlowCore/Values/NumberPlanFacts.swift: what is known of every country's telephone numbers.

The facts are those of ITU-T E.164 and of the national numbering plans, as PyPI's `phonenumbers` carries them:

    python3 -m pip install phonenumbers && make number-plans
"""

import sys

import phonenumbers
from phonenumbers import PhoneMetadata

WIDTH = 118


def lengths(*descriptions):
    """Lengths of numbers as ranges, `5-9+11`; a range of one as it is; `-` for none."""
    found = sorted({n for d in descriptions if d and d.possible_length for n in d.possible_length if n > 0})
    ranges = []
    for n in found:
        if ranges and ranges[-1][1] == n - 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    return "+".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges) or "-"


def international(meta):
    """The digits in front of a number abroad; `-` where they choose a carrier, and no plain ones are preferred."""
    candidates = [meta.preferred_international_prefix or ""]
    if "(" not in (meta.international_prefix or ""):
        candidates += (meta.international_prefix or "").split("|")
    return next((digits for digits in (c.replace("~", "") for c in candidates) if digits.isdigit()), "-")


def entries():
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        for region in regions:
            if region == "001":
                meta = PhoneMetadata.metadata_for_nongeo_region(code)
            else:
                meta = PhoneMetadata.metadata_for_region(region)
            yield " ".join([
                region, str(code), international(meta), meta.national_prefix or "-",
                lengths(meta.general_desc), lengths(meta.fixed_line), lengths(meta.mobile),
            ])


def main():
    lines, line = [], ""
    for entry in entries():
        if line and len(line) + 1 + len(entry) > WIDTH - 9:
            lines.append(line)
            line = ""
        line = f"{line},{entry}" if line else entry
    lines.append(line)
    out = [
        f"// Made by .ci/number-plans.py from phonenumbers {phonenumbers.__version__}: do not edit.",
        "",
        "/// The numbering plans, as text.",
        "enum NumberPlanFacts {",
        "    /// Country, calling code, international prefix, trunk prefix, lengths of all, fixed and mobile numbers without the",
        "    /// calling code; of several countries with one code the main one comes first, and `001` is no country.",
        '    static let text = """',
        *(f"        {line}" for line in lines),
        '        """',
        "}",
    ]
    print("\n".join(out))


sys.exit(main())

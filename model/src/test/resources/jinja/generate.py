"""Records snippets.json (see README.md). Run: python3 generate.py, with jinja2 3.1.6 installed."""

import json
import pathlib

import reference
import snippets

HERE = pathlib.Path(__file__).parent


def write(name, data):
    text = json.dumps(data, ensure_ascii=True, indent=1)
    (HERE / name).write_text(text + "\n", encoding="ascii")


def record_snippets():
    cases = []
    for template in snippets.snippets():
        case = {"template": template}
        case.update(reference.render(template, snippets.VARIABLES))
        # Objects that print their address in memory have no output to compare.
        if "0x" not in case.get("output", "") or "0x" in template or "{:" in template or "%" in template:
            cases.append(case)
    write("snippets.json", {"variables": snippets.VARIABLES, "cases": cases})
    return len(cases)


if __name__ == "__main__":
    print(record_snippets(), "snippets")

"""For ci/coverage: reads an lcov file and prints the uncovered lines of the published crates, by file."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CRATES = ("airssys-rt/src/", "airssys-rt-macros/src/")
# Tests, and what only the model checkers compile.
TESTS = re.compile(r"(_tests?|/model|sync/check|rt/shuttle)\.rs$")


def without_tests(path, lines):
    """Leaves out the test modules, which are at the end of their files."""
    text = (ROOT / path).read_text().split("\n")
    first = next((at for at, line in enumerate(text, 1) if re.match(r"#\[cfg\((all\()?test", line)), len(text) + 1)
    modules = [line for line in text[first - 1 :] if line.startswith("mod tests")]
    return {line: count for line, count in lines.items() if line < first or not modules}


def ranges(lines):
    """1, 2, 3, 7 as 1-3, 7."""
    parts = []
    for line in sorted(lines):
        if parts and parts[-1][1] == line - 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    return ", ".join(str(begin) if begin == end else f"{begin}-{end}" for begin, end in parts)


def main():
    lcov, limit = sys.argv[1], float(sys.argv[2])
    files, path = {}, None
    for line in pathlib.Path(lcov).read_text().splitlines():
        if line.startswith("SF:"):
            full = pathlib.Path(line[3:])
            path = str(full.relative_to(ROOT)) if full.is_relative_to(ROOT) else None
        elif line.startswith("DA:") and path and path.startswith(CRATES) and not TESTS.search(path):
            number, count = line[3:].split(",")[:2]
            lines = files.setdefault(path, {})
            lines[int(number)] = max(lines.get(int(number), 0), int(count))
    files = {path: without_tests(path, lines) for path, lines in files.items()}
    sums = {crate: [0, 0] for crate in CRATES}
    for path, lines in sorted(files.items()):
        missed = [line for line, count in lines.items() if not count]
        total = sums[next(crate for crate in CRATES if path.startswith(crate))]
        total[0] += len(lines)
        total[1] += len(missed)
        if missed:
            print(f"{path}: {len(missed)} of {len(lines)}: {ranges(missed)}")
    sums["all"] = [sum(total[at] for total in sums.values()) for at in (0, 1)]
    for name, (lines, missed) in sums.items():
        print(f"{name}: {100 * (lines - missed) / lines:.2f} % of {lines} lines, {missed} are not covered")
    lines, missed = sums["all"]
    if 100 * (lines - missed) < limit * lines:
        sys.exit(f"less than {limit:g} %")


main()

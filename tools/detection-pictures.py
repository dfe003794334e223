#!/usr/bin/env python3
"""Draws the pictures of docs/detection.md from generated records, and marks what `cycler detect` finds in them.

Needs matplotlib (Debian: apt-get install python3-matplotlib) and Release builds:
    dotnet build -c Release
    python3 tools/detection-pictures.py            # writes docs/pictures/*.png
The records are lives of the benchmark corpus (`trace`, seed 1) and one run of the built-in station; the same every time.
"""
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
CYCLER = ["dotnet", str(ROOT / "src/CyclerControl.Cli/bin/Release/net10.0/cycler.dll")]
BENCHMARKS = ["dotnet", str(ROOT / "tests/CyclerControl.Benchmarks/bin/Release/net10.0/CyclerControl.Benchmarks.dll")]
COLOURS = {"abort": "#b2182b", "suspect": "#d6850a", "warn": "#5e3c99"}


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def trace(name, index, hours):
    return run(BENCHMARKS + ["trace", name, "--seed", "1", "--index", str(index), "--hours", str(hours)]).stdout


def detect(text, folder, cell=None):
    path = pathlib.Path(folder) / "record.csv"
    path.write_text(text)
    result = run(CYCLER + ["detect", str(path), "--json"] + (["--cell", cell] if cell else []))
    if result.returncode not in (0, 10, 11):
        sys.exit(result.stderr)
    return [json.loads(line) for line in result.stdout.splitlines()]


def rows(text):
    table = csv.DictReader(io.StringIO(text))
    return [(float(r["time_s"]), float(r["voltage_V"]), float(r["current_A"])) for r in table]


def first_life(name, hours, wanted, folder, cell=None):
    """The first life of a group whose findings are of the wanted sort."""
    for index in range(40):
        text = trace(name, index, hours)
        found = detect(text, folder, cell)
        if wanted(found, rows(text)):
            return text, found
    sys.exit(f"no life of {name} shows it; look at the corpus again")


def draw(file, title, text, found, before, after):
    data = rows(text)
    centre = found[0]["onset_s"] if found else data[0][0]
    start, end = (centre - before, centre + after) if found else (data[0][0], data[-1][0])
    data = [r for r in data if start <= r[0] <= end]
    start, end = data[0][0], data[-1][0]
    unit, seconds = ("s", 1) if end - start <= 400 else ("min", 60) if end - start <= 7200 else ("h", 3600)
    zero = centre if found else start
    x = [(r[0] - zero) / seconds for r in data]
    scale, volts = (1e3, "mV") if max(abs(r[1]) for r in data) < 1.2 else (1, "V")

    figure, (upper, lower) = plt.subplots(
        2, 1, sharex=True, figsize=(7.2, 4.4), dpi=100, gridspec_kw={"height_ratios": [4, 1.2]}, constrained_layout=True)
    figure.align_ylabels()
    few = len(data) < 600
    upper.plot(x, [r[1] * scale for r in data], color="#20639b", lw=1, marker="." if few else None, ms=3)
    lower.plot(x, [r[2] * 1e3 for r in data], color="#555555", lw=1)
    labels = {}
    for finding in found:
        if not start <= finding["time_s"] <= end:
            continue
        colour = COLOURS[finding["severity"]]
        at = (finding["time_s"] - zero) / seconds
        label = f"{finding['kind']} ({finding['severity']}, rule {finding['rule']})"
        upper.axvline(at, color=colour, lw=1, ls="--")
        upper.plot([at], [finding["voltage_v"] * scale], "o", color=colour, ms=7, label=None if label in labels else label)
        labels[label] = True
        if finding["expected_v"] is not None and finding is found[0]:
            upper.axhline(finding["expected_v"] * scale, color="#888888", lw=1, ls=":", label="expected of a healthy cell")
    upper.set_title(title, loc="left", fontsize=11)
    upper.set_ylabel(f"voltage / {volts}")
    lower.set_ylabel("current\n/ mA")
    lower.set_xlabel(f"time {'since the onset' if found else ''} / {unit}".replace("  ", " "))
    low, high = min(0, *(r[2] * 1e3 for r in data)), max(0, *(r[2] * 1e3 for r in data))
    lower.set_ylim(low - 0.2 * (high - low), high + 0.2 * (high - low))
    for axis in (upper, lower):
        axis.grid(alpha=0.3)
    if labels:
        upper.legend(fontsize=8, loc="best", framealpha=0.9)
    target = ROOT / "docs/pictures" / file
    figure.savefig(target)
    plt.close(figure)
    print(f"{target.relative_to(ROOT)}: {len(found)} findings, {len(data)} rows")


def only(kind, low=0.02, high=1.0):
    return lambda found, _: bool(found) and found[0]["kind"] == kind and low < abs(found[0]["expected_v"] or 0) < high


def bulk_of(data, factor):
    """So many times V / I of the middle of the record."""
    with_current = [abs(v / i) for _, v, i in data if abs(i) > 1e-6]
    return factor * sorted(with_current)[len(with_current) // 2]


def burst(folder):
    """The full-rate samples around the short of a run on the built-in station."""
    data = pathlib.Path(folder) / "data"
    protocol = ROOT / "protocols/ccd-step-increased.yaml"
    run(CYCLER + ["run", str(protocol), "--cell", "area=0.785cm2", "--data", str(data), "--json"])
    found = [json.loads(line) for line in run(CYCLER + ["detect", "last", "--data", str(data), "--json"]).stdout.splitlines()]
    text = run(CYCLER + ["export", "last", "--data", str(data), "--burst", "1", "--format", "csv"]).stdout
    return text, found[:1]


def main():
    (ROOT / "docs/pictures").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        text, found = first_life("hard_1Hz", 6, only("hard_short"), folder)
        draw("hard-short.png", "Hard short, 1 sample a second", text, found[:1], 120, 60)

        text, found = first_life("creep_1Hz", 6, only("soft_short"), folder)
        draw("soft-short.png", "Soft short that creeps in", text, found, 900, 1500)

        text, found = first_life(
            "telegraph_10Hz", 6, lambda f, _: [x["kind"] for x in f[:2]] == ["soft_short", "telegraph_short"] and abs(f[0]["expected_v"]) > 0.02, folder)
        draw("telegraph-short.png", "Telegraph short, 10 samples a second", text, found, 20, 40)

        text, _ = first_life("healthy_1Hz", 8, lambda f, d: not f and 0.05 < max(abs(r[1]) for r in d) < 1, folder)
        draw("healthy.png", "Healthy cell with everything that is no short: nothing found", text, [], 0, 0)
        bulk = bulk_of(rows(text), 1.6)
        found = detect(text, folder, f"bulk_resistance={bulk:.0f}ohm")
        draw("ohmic-floor.png", f"Too good to be ionic: the pellet alone was measured at {bulk:.0f} ohm", text, found[:1], 900, 2400)

        text, found = first_life("contact_loss_1Hz", 6, lambda f, _: [x["kind"] for x in f] == ["contact_loss"] and 0.1 < abs(f[0]["voltage_v"]) < 1, folder)
        draw("contact-loss.png", "Contact loss: the resistance grows faster and faster. No short", text, found[:1], 900, 900)

        text, found = first_life("drop_10pct_1Hz", 6, lambda f, _: {"full_cell_short"} == {x["kind"] for x in f} and len(f) > 1, folder)
        draw("full-cell-short.png", "Full cell: the voltage falls while it is charged", text, found, 1500, 1500)

        text, found = burst(folder)
        draw("burst.png", "Burst of a run: the black box of a hard short, 10 samples a second", text, found, 15, 15)


if __name__ == "__main__":
    main()

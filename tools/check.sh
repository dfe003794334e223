#!/usr/bin/env bash
# The one test command: installs what Debian packages are missing, builds once, checks the format, runs every test project,
# adds their results up and prints `N passed, N failed` as its last line. A skipped test counts as failed: it has not run.
set -uo pipefail

# Debian packages that tests drive: SCPI clients that are not ours, an independent SQLite reader, a byte pipe.
packages=(lxi-tools python3 python3-pyvisa-py socat)

# Seconds that one test project may take before it is stopped and counted as failed.
project_timeout=900

passed=0
failed=0

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
exec < /dev/null
export HOME="${HOME:-$(mktemp -d)}"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
export MSBUILDTERMINALLOGGER=off MSBUILDDISABLENODEREUSE=1

results="$PWD/TestResults"
rm -rf "$results"
mkdir -p "$results"

finish() {
    trap - INT TERM
    if (( passed + failed == 0 )); then
        echo "No test ran." >&2
        failed=1
    fi
    echo "$passed passed, $failed failed"
    exit $(( failed > 0 ))
}

give_up() {
    echo "$1"
    passed=0
    failed=1
    finish
}

trap 'give_up "Interrupted."' INT TERM

install_missing() {
    if ! command -v dpkg-query > /dev/null; then
        echo "Not a Debian system: tests need ${packages[*]} from elsewhere."
        return
    fi
    local missing=() package
    for package in "${packages[@]}"; do
        [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null)" == installed ]] || missing+=("$package")
    done
    (( ${#missing[@]} > 0 )) || return 0
    echo "Installing ${missing[*]}"
    local as_root=()
    (( EUID == 0 )) || as_root=(sudo -n)
    if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } > "$results/packages.log" 2>&1; then
        tail -n 5 "$results/packages.log"
        echo "Could not install ${missing[*]}: the tests that need them will fail. Install them by hand."
    fi
}

counter() {
    sed -n "s/.*<Counters [^>]*\b$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1
}

check_format() {
    local start=$SECONDS
    if dotnet format CyclerControl.sln --verify-no-changes --no-restore > "$results/format.log" 2>&1; then
        passed=$(( passed + 1 ))
        echo "Format: as .editorconfig says ($(( SECONDS - start )) s)"
    else
        failed=$(( failed + 1 ))
        head -n 20 "$results/format.log"
        echo "Format: differs from .editorconfig; run: dotnet format CyclerControl.sln ($(( SECONDS - start )) s)"
    fi
}

run_project() {
    local project=$1 name trx log code total good bad start=$SECONDS
    name=$(basename "$project" .csproj)
    trx="$results/$name.trx"
    log="$results/$name.log"
    timeout --kill-after=10 "$project_timeout" \
        dotnet test "$project" -c Release --no-build -m:1 --results-directory "$results" --logger "trx;LogFileName=$name.trx" > "$log" 2>&1
    code=$?
    total=0
    good=0
    if [[ -f "$trx" ]]; then
        total=$(counter "$trx" total)
        good=$(counter "$trx" passed)
    fi
    total=${total:-0}
    good=${good:-0}
    bad=$(( total - good ))
    if (( bad == 0 && (total == 0 || code != 0) )); then
        bad=1
        (( code == 124 || code == 137 )) && echo "$name: stopped after $project_timeout s"
        (( total == 0 )) && echo "$name: no test ran"
    fi
    passed=$(( passed + good ))
    failed=$(( failed + bad ))
    (( bad == 0 )) || tail -n 200 "$log"
    echo "$name: $good passed, $bad failed ($(( SECONDS - start )) s)"
}

command -v dotnet > /dev/null || give_up "The .NET SDK that global.json names is not installed: see https://dotnet.microsoft.com/download"
install_missing

echo "Building"
if ! dotnet build CyclerControl.sln -c Release > "$results/build.log" 2>&1; then
    grep -E '(error|warning) [A-Z]+[0-9]+|error :|error MSB' "$results/build.log" | sort -u | head -n 40
    tail -n 5 "$results/build.log"
    give_up "The build failed."
fi

check_format
for project in tests/*/*.Tests.csproj; do
    run_project "$project"
done
finish

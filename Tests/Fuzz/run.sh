#!/bin/sh
# run.sh SECONDS: both fuzz targets, as `make fuzz` builds them, for so long each. What libFuzzer makes up stays in
# .build-fuzz, where the next run goes on from; Tests/Fuzz/Corpus is only read.
set -eu
cd "$(dirname "$0")/../.."
export SWIFT_BACKTRACE=enable=no

# fuzz PROGRAM CORPUS LONGEST_INPUT
fuzz() {
    log=.build-fuzz/$2.log
    mkdir -p ".build-fuzz/corpus/$2"
    if ! ".build-fuzz/release/$1" -max_total_time="$seconds" -max_len="$3" -timeout=10 -rss_limit_mb=1024 \
        -dict="Tests/Fuzz/$2.dict" -artifact_prefix=".build-fuzz/$2-" \
        ".build-fuzz/corpus/$2" "Tests/Fuzz/Corpus/$2" > "$log" 2>&1; then
        grep -aE '^SUMMARY|[Ff]atal error|^==.*ERROR' "$log" >&2 || tail -n 20 "$log" >&2
        input=$(sed -n 's/.*Test unit written to //p' "$log")
        echo "$1 fails; see it again with: .build-fuzz/release/$1 ${input:-(no input was written, see $log)}" >&2
        exit 1
    fi
    # Without feedback libFuzzer only guesses, and says nothing of it.
    grep -aq 'Loaded 1 modules .*[1-9][0-9]* inline 8-bit counters' "$log" || { echo "$1 is not instrumented" >&2; exit 1; }
    echo "$1: $(grep -a 'DONE' "$log" | tr '\t' ' ')"
}

seconds=$1
fuzz FuzzDocument document 4096
fuzz FuzzTemplate template 512

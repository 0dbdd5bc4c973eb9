#!/bin/sh
# Times `flowd lint`, the whole process: 1,000 and 10,000 files of about 1.5 KB, and flows of 2,000 nodes; then what of
# the flows' time goes where, once a process is up. Prints the quickest of several runs, in milliseconds. Builds nothing:
# first
#   make build && swift build -c release --package-path Benchmarks
set -eu
cd "$(dirname "$0")/.."
flowd=${FLOWD:-.build/release/flowd} runs=${RUNS:-10}
bin=${BENCH:-Benchmarks/.build/release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Flow files that differ: names, numbers, URLs.
files() {
    mkdir "$work/$1"
    awk -v folder="$work/$1" -v count="$1" '
        { text = text $0 "\n" }
        END {
            for (i = 0; i < count; i++) {
                own = text
                gsub(/@name@/, "team-" i, own)
                gsub(/@number@/, 2000000 + i, own)
                file = folder "/team-" i ".yaml"
                printf "%s", own > file
                close(file)
            }
        }' << 'END'
version: 1
name: @name@
numbers: [+1415@number@]
description: Ask the app server who looks after the caller, forward the call there, then report how it ended.

on_error:
  speak: We are sorry, something went wrong. Please call again.

nodes:
  Start:
    type: start
    transitions:
      incoming_call: Lookup

  # A call_forward follows: the caller waits for this answer, 3 seconds at most.
  Lookup:
    type: http_request
    method: GET
    url: http://127.0.0.1:5000/@name@/agents
    params:
      caller: <<Start.call.from>>
    timeout: 3
    transitions:
      success: Forward
      failed: Forward

  Forward:
    type: call_forward
    # flowd: ignore[FD408] the app server is ours, and answers with our own agents' numbers only
    to: '<<Lookup.response.agent | default: "+1202@number@">>'
    ring_timeout: 25
    transitions:
      completed: Report
      no_answer: Report
      busy: Report
      failed: Report

  Report:
    type: http_request
    url: http://127.0.0.1:5000/@name@/calls
    format: json
    body:
      caller: <<Start.call.from>>
      agent: <<Forward.to>>
      outcome: <<Forward.status>>
      seconds: '<<Forward.duration | json>>'
    transitions:
      success: end
      failed: Late

  Late:
    type: http_request
    url: http://127.0.0.1:5000/@name@/late
    headers:
      X-Team: @name@
    body:
      caller: <<Start.call.from>>
      outcome: <<Forward.status>>
      note: 'Please call <<Start.call.from | default: "the last caller">> back.'
    transitions: end
END
}

# One flow of 2,000 nodes; awk's body prints node i, which goes on to `next`.
flow() {
    awk 'BEGIN {
        print "version: 1\nname: big\nnodes:\n  Start:\n    type: start\n    transitions:\n      incoming_call: N1"
        for (i = 1; i < 2000; i++) {
            following = i < 1999 ? "N" i + 1 : "end"
            print "  N" i ":"
            '"$2"'
        }
    }' > "$work/$1.yaml"
}

time_lint() {
    best=
    for _ in $(seq "$runs"); do
        start=$(date +%s%N)
        "$flowd" lint "$work/$2" > "$work/report" 2> "$work/summary" || true
        took=$((($(date +%s%N) - start) / 10000))
        if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
    done
    printf '%-22s %6d.%02d ms   %s\n' "$1" $((best / 100)) $((best % 100)) "$(tail -1 "$work/summary")"
}

files 1000
files 10000
flow forwards '
    print "    type: call_forward\n    to: +1202555" 1000 + i "\n    transitions:\n      completed: end"
    print "      no_answer: " following "\n      busy: " following "\n      failed: " following'
flow requests '
    print "    type: http_request\n    url: http://127.0.0.1:5000/" i "\n    body:\n      caller: <<Start.call.from>>"
    if (i > 1) print "      last: <<N" i - 1 ".response.id>>"
    print "    transitions:\n      success: " following "\n      failed: " (i % 2 ? following : "end")'
flow fan '
    print "    type: call_forward\n    to: +1202555" 1000 + i "\n    transitions:\n      completed: end"
    split("no_answer busy failed", outcomes)
    for (k = 1; k <= 3; k++) print "      " outcomes[k] ": " (3 * i + k - 2 < 2000 ? "N" 3 * i + k - 2 : "end")'
time_lint '1,000 files' 1000
time_lint '10,000 files' 10000
time_lint '2,000 call_forwards' forwards.yaml
time_lint '2,000 http_requests' requests.yaml
time_lint 'a fan of 2,000 nodes' fan.yaml
"$bin/Phases" "$work"/*.yaml

#!/bin/sh
# Puts `flowd serve` beside a bare Hummingbird route, in one run: one core for the server, 64 connections, a signed form
# of 20 parameters, every request a new call. Needs wrk and taskset. Builds nothing: first
#   make build && swift build -c release --package-path Benchmarks
set -eu
cd "$(dirname "$0")/.."
flowd=${FLOWD:-.build/release/flowd}
bin=${BENCH:-Benchmarks/.build/release}
seconds=${SECONDS_EACH:-5} rounds=${ROUNDS:-3} token=an-auth-token
work=$(mktemp -d)
trap 'kill $bare $served 2>/dev/null || true; rm -rf "$work"' EXIT
taskset -c 0 "$bin/Bare" 18090 2> /dev/null & bare=$!
PLIVO_AUTH_TOKEN=$token taskset -c 0 "$flowd" serve flows --port 18080 --admin-port 18081 --store "$work/flowd.db" 2> "$work/log" & served=$!
sleep 2
for round in $(seq "$rounds"); do
    CALLS=$work/calls; export CALLS
    "$bin/Signer" http://127.0.0.1:18080/flows/dial-status $token $((seconds * 30000)) > "$CALLS"
    printf 'bare   '; taskset -c 1 wrk -t1 -c64 -d"${seconds}s" -s Benchmarks/calls.lua http://127.0.0.1:18090 | tail -1
    printf 'flowd  '; taskset -c 1 wrk -t1 -c64 -d"${seconds}s" -s Benchmarks/calls.lua http://127.0.0.1:18080 | tail -1
done

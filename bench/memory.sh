#!/usr/bin/env bash
# Peak memory of 'curate run' on one file, children included: the largest sum of proportional set sizes, sampled.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: bench/memory.sh FILE [POLICY]" >&2; exit 2; }
top=$(cd "$(dirname "$0")/.." && pwd)
output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT
# By address: the launcher execs, so its process id is curate's.
"${CURATE:-$top/curate}" run --input "$1" --output "$output/data" --policy "${2:-demo}" --json > "$output/json" 2> "$output/log" &
run=$!
peak=0
peak_run=0
while kill -0 "$run" 2> /dev/null; do
    sum=0
    for process in "$run" $(pgrep -P "$run" || true); do
        kib=$(awk '/^Pss:/ { print $2 }' "/proc/$process/smaps_rollup" 2> /dev/null || echo 0)
        sum=$((sum + ${kib:-0}))
        [ "$process" = "$run" ] && [ "${kib:-0}" -gt "$peak_run" ] && peak_run=$kib
    done
    [ "$sum" -gt "$peak" ] && peak=$sum
    sleep 0.2
done
wait "$run" || true
cat "$output/log" >&2; cat "$output/json"
echo "peak: $((peak / 1024)) MiB with its ffmpeg processes, $((peak_run / 1024)) MiB without"

#!/usr/bin/env bash
# What a cluster costs: the same sources by one process and by silos on the same cores, alternating. The ratio of wall times is the result.
# Needs redis-server. Silos are warm after the first round, as in a deployment; the first round shows them cold.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: bench/overhead.sh FOLDER [ROUNDS] [SILOS]" >&2; exit 2; }
top=$(cd "$(dirname "$0")/.." && pwd)
input=$(cd "$1" && pwd) rounds=${2:-3} silos=${3:-2} cores=$(nproc)
work=$(mktemp -d)
running=()
stop() { for one in "${running[@]}"; do kill "$one" 2> /dev/null || true; done; wait; rm -rf "$work"; }
trap stop EXIT

redis=$((20000 + RANDOM % 10000))
redis-server --port "$redis" --save '' --appendonly no --dir "$work" > "$work/redis.log" & running+=($!)
for ((i = 0; i < silos; i++)); do
    port=$((30000 + RANDOM % 20000))
    Curate__Cluster__Kind=redis Curate__Cluster__ConnectionString=127.0.0.1:$redis "${CURATE:-$top/curate}" silo \
        --Curate:Silo:Sources=$(((cores + silos - 1) / silos)) --Curate:Silo:SiloPort=$port --Curate:Silo:GatewayPort=$((port + 1)) \
        --Curate:Silo:HttpUrl=http://127.0.0.1:$((port + 2)) --Curate:Silo:ScratchFolder="$work/scratch-$i" > "$work/silo-$i.log" 2>&1 & running+=($!)
    until curl -fsS "http://127.0.0.1:$((port + 2))/health/ready" > /dev/null 2>&1; do sleep 0.2; done
done

seconds() { # seconds NAME ARGUMENT...: wall time of a run that ends with 0 or 3
    local name=$1 from to code=0; shift
    from=$(date +%s.%N)
    "${CURATE:-$top/curate}" run --input "$input" --output "$work/$name" --policy demo "$@" > "$work/$name.log" 2>&1 || code=$?
    to=$(date +%s.%N)
    [ "$code" = 0 ] || [ "$code" = 3 ] || { cat "$work/$name.log" >&2; exit 1; }
    awk "BEGIN { printf \"%.2f\", $to - $from }"
}

for ((round = 1; round <= rounds; round++)); do
    one=$(seconds "one-$round" --parallelism "$cores")
    many=$(seconds "many-$round" --cluster "redis://127.0.0.1:$redis")
    awk "BEGIN { printf \"round %d: one process %.1f s, %d silos %.1f s, ratio %.2f\n\", $round, $one, $silos, $many, $many / $one }"
done

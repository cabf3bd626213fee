#!/usr/bin/env bash
# The whole loop on one machine: raw clips, curated triplets, a trained model, a generated mp4.
#   samples/loop.sh CLIPS OUTPUT [PROMPT]
# CLIPS is a folder of videos; OUTPUT gets dataset/, model/ and generated.mp4. The prompt is the first clip's caption where none is given.
# PLAN=FILE trains another plan than samples/nano.yaml, POLICY another policy than demo.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
if [[ $# -lt 2 ]]; then sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2; fi
clips=$1 output=$2 prompt=${3:-}
plan=${PLAN:-$root/samples/nano.yaml} policy=${POLICY:-demo}

# Quarantined sources (3) do not stop the loop; a data set with nothing in it (4) does.
code=0
"$root/curate" run --input "$clips" --output "$output/dataset" --policy "$policy" || code=$?
if [[ $code -ne 0 && $code -ne 3 ]]; then exit "$code"; fi

"$root/klear" train --config "$plan" --dataset "$output/dataset" --output "$output/model" --resume

if [[ -z $prompt ]]; then
  prompt=$(sed -n 's/.*"video_text":"\(\([^"\\]\|\\.\)*\)".*/\1/p' "$output/model/latents/latents.json" | head -n 1)
fi
"$root/klear" generate --checkpoint "$output/model" --task t2av --prompt "$prompt" --output "$output/generated.mp4"

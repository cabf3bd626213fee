#!/usr/bin/env bash
# Makes the secrets of compose.yaml, once: the dashboard's key, a password for Redis and the silos' connection string with it.
set -euo pipefail
folder=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/secrets
if [[ ! -e $folder/dashboard-api-key ]]; then
  chmod 0700 "$folder"
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$folder/dashboard-api-key"
  chmod 0444 "$folder/dashboard-api-key"
fi

if [[ -e $folder/redis-password ]]; then
  printf '%s is there already; delete it and the Redis volume for a new one\n' "$folder/redis-password" >&2
  exit 2
fi

# Nobody else may enter the folder; the files are read by the containers' users, who are nobody here.
chmod 0700 "$folder"
password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
printf '%s' "$password" >"$folder/redis-password"
printf 'redis:6379,password=%s' "$password" >"$folder/cluster-connection-string"
chmod 0444 "$folder/redis-password" "$folder/cluster-connection-string"

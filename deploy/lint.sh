#!/usr/bin/env bash
# Checks the files of deploy/ without a Docker daemon or a cluster. What a machine has is used; the rest is fetched from npm and,
# on Debian and Ubuntu, from apt, into artifacts/lint. What could not be checked is named at the end; --strict makes that a failure.
set -euo pipefail
here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname -- "$here")
work="$root/artifacts/lint"
mkdir -p "$work/debian"
passed=0 failed=0 skipped=()

# Runs a check and shows what it says only if it fails.
check() {
  local name=$1 log="$work/last.log"
  shift
  if "$@" >"$log" 2>&1; then
    printf 'ok    %s\n' "$name"
    passed=$((passed + 1))
  else
    printf 'FAIL  %s\n' "$name"
    sed 's/^/      /' "$log"
    failed=$((failed + 1))
  fi
}

skip() {
  printf 'skip  %s\n' "$1"
  skipped+=("$1")
}

# Unpacks Debian packages beside the repository's other artifacts; nothing is installed.
unpack() {
  local marker="$work/debian/.$1"
  [[ -f $marker ]] && return 0
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  (cd "$work/debian" && apt-get download "$@" && for file in ./*.deb; do dpkg-deb -x "$file" .; done && rm -f ./*.deb) >"$work/fetch.log" 2>&1 || return 1
  touch "$marker"
}

node_ready() {
  command -v node >/dev/null && command -v npm >/dev/null || return 1
  local packages=(ajv@8.20.0 dockerfile-utils@0.16.3 kubernetes-types@1.30.0 typescript@5.9.3 yaml@2.9.1)
  [[ -f $work/node/.ready-${#packages[@]} ]] && return 0
  mkdir -p "$work/node"
  [[ -f $work/node/package.json ]] || printf '{"private": true}\n' >"$work/node/package.json"
  npm install --prefix "$work/node" --no-save --no-audit --no-fund --silent "${packages[@]}" >"$work/fetch.log" 2>&1 || return 1
  touch "$work/node/.ready-${#packages[@]}"
}

script() { NODE_PATH="$work/node/node_modules" node "$here/lint/$1.cjs" "${@:2}"; }

if node_ready; then has_node=1; else has_node=0; fi

if command -v shellcheck >/dev/null; then check 'shell scripts (shellcheck)' shellcheck "$here"/*.sh; else skip 'shell scripts: no shellcheck'; fi

yamllint=()
if command -v yamllint >/dev/null; then yamllint=(yamllint)
elif unpack yamllint python3-yaml python3-pathspec && command -v python3 >/dev/null; then
  yamllint=(env "PYTHONPATH=$work/debian/usr/lib/python3/dist-packages" python3 -m yamllint)
fi
if [[ ${#yamllint[@]} -gt 0 ]]; then check 'YAML (yamllint)' "${yamllint[@]}" --strict --config-file "$here/lint/yamllint.yaml" "$here"
else skip 'YAML: no yamllint'; fi

if docker buildx version >/dev/null 2>&1 && docker info >/dev/null 2>&1; then
  check 'Dockerfile (docker build --check)' docker build --check --file "$here/Dockerfile" "$root"
else skip 'Dockerfile: docker build --check needs a Docker daemon with buildx'; fi
if [[ $has_node = 1 ]]; then check 'Dockerfile (dockerfile-utils)' script dockerfile "$here/Dockerfile"; else skip 'Dockerfile: no npm'; fi

if docker compose version >/dev/null 2>&1; then
  check 'compose file (docker compose config)' docker compose --file "$here/compose.yaml" --profile watch config --quiet
else skip 'compose file: no docker compose'; fi
schema="$work/debian/usr/lib/python3/dist-packages/compose/config/compose_spec.json"
if [[ $has_node = 1 ]] && unpack docker-compose && [[ -f $schema ]]; then
  check 'compose file (the compose specification of Debian docker-compose)' script compose "$schema" "$here/compose.yaml"
else skip 'compose file: its schema could not be had'; fi

render() { if command -v kubectl >/dev/null; then kubectl kustomize "$1"; else kustomize build "$1"; fi >"$2"; }
if command -v kubectl >/dev/null || command -v kustomize >/dev/null; then
  check 'Kubernetes (kustomize)' render "$here/kubernetes" "$work/kubernetes.yaml"
  if [[ $has_node = 1 ]]; then
    check 'Kubernetes (types of the API, 1.30)' script kubernetes "$work/kubernetes.yaml" "$work/node"
  else skip 'Kubernetes: no npm'; fi
else skip 'Kubernetes: no kubectl and no kustomize'; fi
skip 'Kubernetes: admission by a real API server (kubectl apply --dry-run=server) needs a cluster'

promtool=$(command -v promtool || true)
if [[ -z $promtool ]] && unpack prometheus; then promtool="$work/debian/usr/bin/promtool"; fi
if [[ -n $promtool ]]; then
  check 'Prometheus configuration (promtool)' "$promtool" check config "$here/prometheus/prometheus.yaml"
  # Debian builds its Prometheus without Kubernetes.
  if grep -q 'kubernetes_sd_configs not found' < <("$promtool" check config "$here/prometheus/kubernetes.yaml" 2>&1 || true); then
    skip 'Prometheus configuration for Kubernetes: this promtool does not know Kubernetes'
  else check 'Prometheus configuration for Kubernetes (promtool)' "$promtool" check config "$here/prometheus/kubernetes.yaml"; fi
  check 'alerts (promtool)' "$promtool" check rules --lint=all --lint-fatal "$here/prometheus/alerts.yaml"
  check 'alerts fire when they should (promtool test)' "$promtool" test rules "$here/prometheus/alerts.test.yaml"
  if [[ $has_node = 1 ]]; then
    check 'dashboard (JSON)' script dashboard "$here/grafana/curation.json" "$work/dashboard.rules.yaml"
    check 'dashboard (its queries, promtool)' "$promtool" check rules "$work/dashboard.rules.yaml"
  else skip 'dashboard: no npm'; fi
else skip 'alerts and dashboard: no promtool'; fi

printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "${#skipped[@]}"
if [[ ${#skipped[@]} -gt 0 ]]; then printf 'not checked: %s\n' "${skipped[@]}"; fi
[[ $failed -eq 0 ]] || exit 1
[[ ${1:-} != --strict || ${#skipped[@]} -eq 0 ]]

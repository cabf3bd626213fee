# shellcheck shell=bash
# What some tests start for themselves: Redis, Azurite for blobs, and Chromium for pages. Sourced after build/prepare.sh; it expects
# the repository root in $root. Nothing here fails the caller: tests that lack something are skipped by name.
: "${root:?}"

readonly azurite_version=3.35.0
readonly axe_version=4.14.1

# install_system_package LOG APT DNF APK BREW: with what is there, and only where no password is asked for.
install_system_package() {
  local log=$1 install='' as_root=()
  if [[ $(id -u) -ne 0 ]]; then as_root=(sudo -n); fi
  if command -v apt-get >/dev/null; then install="apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2"
  elif command -v dnf >/dev/null; then install="dnf install -y -q $3"
  elif command -v apk >/dev/null; then install="apk add --quiet $4"
  elif command -v brew >/dev/null; then install="brew install --quiet $5" as_root=()
  fi

  [[ -n $install ]] || return 1
  [[ ${#as_root[@]} -eq 0 ]] || sudo -n true 2>/dev/null || return 1
  mkdir -p "$(dirname "$log")"
  say "installing with: ${as_root[*]:+${as_root[*]} }$install"
  ${as_root[@]+"${as_root[@]}"} sh -c "$install" >"$log" 2>&1 </dev/null && hash -r
}

need_redis() {
  if command -v redis-server >/dev/null; then return; fi

  if install_system_package "$root/artifacts/redis-install.log" redis-server redis redis redis && command -v redis-server >/dev/null; then return; fi

  say "redis-server was not found and could not be installed; the tests that need Redis will be skipped"
}

need_node() {
  if command -v npm >/dev/null && command -v node >/dev/null; then return; fi

  install_system_package "$root/artifacts/node-install.log" 'nodejs npm' 'nodejs npm' 'nodejs npm' node || true
}

# Azurite is Azure Blob Storage's emulator, from npm. CURATION_AZURITE may name an azurite-blob that is installed elsewhere.
need_azurite() {
  local folder="$root/artifacts/azurite" log="$root/artifacts/azurite-install.log"
  if [[ -n ${CURATION_AZURITE:-} && -x ${CURATION_AZURITE:-} ]]; then return; fi
  if [[ -x $folder/node_modules/.bin/azurite-blob ]] && command -v node >/dev/null; then return; fi

  need_node
  if command -v npm >/dev/null && command -v node >/dev/null; then
    mkdir -p "$folder"
    say "installing Azurite $azurite_version with npm (once)"
    if npm install --prefix "$folder" --no-audit --no-fund --no-save --loglevel=error "azurite@$azurite_version" >"$log" 2>&1 </dev/null &&
      [[ -x $folder/node_modules/.bin/azurite-blob ]]; then return; fi

    tail -n 5 "$log" >&2
  fi

  say "Azurite was not found and could not be installed; the tests that need blob storage will be skipped"
}

# CURATION_CHROMIUM may name a Chromium or Chrome that is installed elsewhere. The driver is a NuGet package; no browser is downloaded.
need_chromium() {
  local name
  if [[ -n ${CURATION_CHROMIUM:-} && -x ${CURATION_CHROMIUM:-} ]]; then return; fi
  for name in chromium chromium-browser google-chrome chrome; do if command -v "$name" >/dev/null; then return; fi; done
  if [[ -x /Applications/Chromium.app/Contents/MacOS/Chromium ]]; then return; fi

  if install_system_package "$root/artifacts/chromium-install.log" chromium chromium chromium '--cask chromium'; then return; fi

  say "Chromium was not found and could not be installed; the tests that look at pages will be skipped"
}

# axe-core finds what people cannot read or reach on a page. CURATION_AXE may name an axe.min.js that lies elsewhere.
need_axe() {
  local folder="$root/artifacts/axe" log="$root/artifacts/axe-install.log" script=node_modules/axe-core/axe.min.js
  if [[ -n ${CURATION_AXE:-} && -f ${CURATION_AXE:-} ]] || [[ -f $folder/$script ]]; then return; fi

  need_node
  if command -v npm >/dev/null; then
    mkdir -p "$folder"
    say "installing axe-core $axe_version with npm (once)"
    if npm install --prefix "$folder" --no-audit --no-fund --no-save --loglevel=error "axe-core@$axe_version" >"$log" 2>&1 </dev/null && [[ -f $folder/$script ]]; then return; fi

    tail -n 5 "$log" >&2
  fi

  say "axe-core was not found and could not be installed; the tests that look for barriers will be skipped"
}

# need_services PROJECT...: what the tests of these projects start.
need_services() {
  local project redis='' azurite='' chromium='' axe=''
  for project in "$@"; do
    if grep -rqs --include='*.cs' 'RedisServer\.' "$root/tests/$project"; then redis=yes; fi
    if grep -rqs --include='*.cs' 'AzuriteServer\.' "$root/tests/$project"; then azurite=yes; fi
    if grep -rqs --include='*.cs' 'Chromium\.' "$root/tests/$project"; then chromium=yes; fi
    if grep -rqs --include='*.cs' 'AxeScript\.' "$root/tests/$project"; then axe=yes; fi
  done

  if [[ -n $redis ]]; then need_redis; fi
  if [[ -n $azurite ]]; then need_azurite; fi
  if [[ -n $chromium ]]; then need_chromium; fi
  if [[ -n $axe ]]; then need_axe; fi
}

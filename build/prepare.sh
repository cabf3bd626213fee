# shellcheck shell=bash
# What the launchers share: the checks for .NET and ffmpeg, and the build. Sourced; it expects the repository root in $root,
# and for build_app the program in $app, whose project is the folder above its bin.
: "${root:?}" "${app:=}"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { printf '%s\n' "$*" >&2; }

# 2 is the exit code for "the command or the configuration is wrong; nothing was started".
die() { say "$*"; exit 2; }

need_dotnet() {
  local wanted
  wanted=$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$root/global.json")
  # Asked for in the root, so that dotnet itself applies global.json and its roll-forward rule.
  if command -v dotnet >/dev/null && (cd "$root" && dotnet --version) >/dev/null 2>&1; then return; fi

  die "The .NET SDK $wanted or a later ${wanted%%.*}.0.x is needed (see global.json) and was not found. To get it:
  Debian, Ubuntu, Fedora, Alpine: the package dotnet-sdk-${wanted%%.*}.0, after https://learn.microsoft.com/dotnet/core/install/linux
  macOS:                          brew install dotnet-sdk
  anywhere, without root:         curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --jsonfile '$root/global.json'
                                  export PATH=\"\$HOME/.dotnet:\$PATH\"
Then run the same command again."
}

# Prints the major version of ffmpeg; builds from git ("N-...") count as new.
ffmpeg_major() {
  local first
  first=$("$1" -version 2>/dev/null | sed -n '1p') || return 1
  case $first in
    "$1 version N-"*) echo 999 ;;
    *) sed -n "s/^$1 version n\{0,1\}\([0-9]\{1,\}\)[.-].*/\1/p" <<<"$first" ;;
  esac
}

ffmpeg_is_new_enough() {
  local tool major
  for tool in ffmpeg ffprobe; do
    command -v "$tool" >/dev/null || return 1
    major=$(ffmpeg_major "$tool") || return 1
    [[ -n $major && $major -ge 5 ]] || return 1
  done
}

need_ffmpeg() {
  if ffmpeg_is_new_enough; then return; fi

  local install='' as_root=()
  if [[ $(id -u) -ne 0 ]]; then as_root=(sudo -n); fi
  if command -v apt-get >/dev/null; then install='apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ffmpeg'
  elif command -v dnf >/dev/null; then install='dnf install -y -q ffmpeg'
  elif command -v apk >/dev/null; then install='apk add --quiet ffmpeg'
  elif command -v brew >/dev/null; then install='brew install --quiet ffmpeg' as_root=()
  fi

  local log="$root/artifacts/ffmpeg-install.log"
  mkdir -p "$root/artifacts"
  if [[ -n $install ]] && { [[ ${#as_root[@]} -eq 0 ]] || sudo -n true 2>/dev/null; }; then
    say "ffmpeg and ffprobe 5 or later are needed; installing them with: ${as_root[*]:+${as_root[*]} }$install"
    if ${as_root[@]+"${as_root[@]}"} sh -c "$install" >"$log" 2>&1 </dev/null && hash -r && ffmpeg_is_new_enough; then
      say "installed $(ffmpeg -version | sed -n '1s/ Copyright.*//p')"
      return
    fi

    tail -n 20 "$log" >&2
  fi

  die "ffmpeg and ffprobe 5 or later are needed; found: $(ffmpeg -version 2>/dev/null | sed -n '1s/ Copyright.*//p' | grep . || echo none). Install them, for example:
  Debian, Ubuntu: sudo apt-get update && sudo apt-get install ffmpeg
  Fedora:         sudo dnf install ffmpeg       (RPM Fusion; ffmpeg-free lacks the H.264 encoder libx264)
  Alpine:         sudo apk add ffmpeg
  macOS:          brew install ffmpeg
Then run the same command again."
}

# The names of everything that a build reads; a file that came, went or changed makes the build stale.
build_inputs() {
  (cd "$root" && find src policies build ./*.props ./*.txt global.json \( -name bin -o -name obj \) -prune -o -type f "$@" -print)
}

build_is_fresh() {
  local stamp=$1
  [[ -f $stamp && -f $app ]] || return 1
  [[ $(build_inputs | sort | cksum) == "$(cat "$stamp")" ]] || return 1
  [[ -z $(build_inputs -newer "$stamp" | head -n 1) ]]
}

# Builds the app where its sources changed since the last build; says nothing else unless it fails.
build_app() {
  local project=${app%/bin/*}
  local name=${project##*/}
  local stamp="$root/artifacts/$name.stamp" log="$root/artifacts/$name-build.log"
  if build_is_fresh "$stamp"; then return; fi

  need_dotnet
  need_ffmpeg
  mkdir -p "$root/artifacts"
  # Two launchers at once: the second one waits, then finds the build done.
  if command -v flock >/dev/null; then
    exec 9>"$root/artifacts/app.lock"
    flock 9
    if build_is_fresh "$stamp"; then exec 9>&-; return; fi
  fi

  say "building (once; about half a minute) ..."
  # The stamp is as old as the start of the build, so an edit during the build is not lost.
  build_inputs | sort | cksum >"$stamp.new"
  if ! (cd "$root" && dotnet build "$project" -c Release --nologo -v quiet) >"$log" 2>&1 </dev/null 9>&-; then
    cat "$log" >&2
    die "the build failed; see above, or $log"
  fi

  mv "$stamp.new" "$stamp"
  if [[ -e /dev/fd/9 ]]; then exec 9>&-; fi
}

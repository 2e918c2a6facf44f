#!/usr/bin/env bash
# Installs what is missing: Debian packages by apt, npm packages by `npm ci`. Does nothing, quickly, when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "casus: $*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "needs root to install: $* (run it as root, or install sudo)"
  fi
}

missing_packages() {
  local package
  grep -v '^#' scripts/packages.txt | while read -r package; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
  done
}

install_packages() {
  command -v apt-get >/dev/null || die "this is not Debian: install by hand what scripts/packages.txt lists"
  local missing
  missing=$(missing_packages)
  # A browser is wanted for the browser test only; node may come from elsewhere than Debian.
  command -v chromium >/dev/null || missing="$missing chromium"
  command -v node >/dev/null || missing="$missing nodejs"
  command -v npm >/dev/null || missing="$missing npm"
  missing=$(echo $missing)
  [ -z "$missing" ] && return 0
  say "installing Debian packages: $missing"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# at_least TOOL FOUND NEEDED HOW
at_least() {
  [ "$(printf '%s\n%s\n' "$3" "$2" | sort -V | head -n 1)" = "$3" ] || die "$1 is $2, needs $3 or newer: $4"
}

check_versions() {
  at_least cmake "$(cmake --version | awk 'NR==1{print $3}')" 3.25 "apt-get install cmake on Debian 12 or newer"
  at_least g++ "$(g++ -dumpfullversion)" 12 "apt-get install g++ on Debian 12 or newer"
  at_least node "$(node --version | tr -d v)" 18 "apt-get install nodejs on Debian 12 or newer"
}

install_npm() {
  # npm writes this file at the end of a complete installation.
  if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    say "installing npm packages (npm ci)"
    npm ci --silent --no-audit --no-fund
    touch node_modules/.package-lock.json
  fi
}

install_packages
check_versions
install_npm

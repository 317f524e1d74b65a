#!/bin/sh
# cmake/packages.sh KIND…: installs the packages of these kinds (packages.txt) that are missing, after
# saying which. Asks nothing; calls apt only when something is missing.
set -eu
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
list=$(dirname -- "$0")/../packages.txt

say() { printf '%s\n' "$*" >&2; }

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  say "This is not Debian: install the libraries named in packages.txt yourself. Going on without."
  exit 0
fi

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif ! command -v sudo >/dev/null; then
    say "Neither root nor sudo: as root, run   apt-get install$missing"
    return 1
  elif [ -t 0 ]; then
    sudo DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo -n DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

apt() { as_root apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2; }

updated=
for kind in "$@"; do
  wanted=$(sed -n "s/^$kind  *\([^ ]*\).*/\1/p" "$list")
  # shellcheck disable=SC2086  # one word per package
  there=" $(dpkg-query -W -f='${db:Status-Status}=${Package}\n' $wanted 2>/dev/null |
    sed -n 's/^installed=//p' | tr '\n' ' ')"
  missing=
  for package in $wanted; do
    case $there in *" $package "*) ;; *) missing="$missing $package" ;; esac
  done
  [ -n "$missing" ] || continue

  if [ "$kind" = extra ]; then
    for package in $missing; do
      say "Installing, if it can be had: $package"
      apt install --no-install-recommends "$package" ||
        say "No $package: the tests that need it will be skipped."
    done
  else
    say "Installing:$missing"
    if [ -z "$updated" ]; then
      updated=yes
      # Lists that cannot be refreshed (a foreign source, no network) may still do.
      apt update || say "The package lists could not be refreshed; trying with those there are."
    fi
    # shellcheck disable=SC2086
    apt install --no-install-recommends $missing || {
      say "These packages could not be installed:$missing"
      exit 1
    }
  fi
done

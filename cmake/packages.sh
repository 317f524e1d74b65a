#!/bin/sh
# cmake/packages.sh KIND…: installs the packages of these kinds (packages.txt) that are missing, after
# saying which. Asks nothing; calls apt only when something is missing.
set -eu
export LC_ALL=C
list=$(dirname -- "$0")/../packages.txt

say() { printf '%s\n' "$*" >&2; }

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  say "This is not Debian: install the libraries named in packages.txt yourself. Going on without."
  exit 0
fi

# Root, or sudo: with its question for a password where there is a person to answer it.
become_root() {
  if [ "$(id -u)" = 0 ]; then
    sudo=
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    sudo=sudo
  else
    say "Installing needs root, and sudo is not to be had without a question. As root, run"
    say "  apt-get install$missing"
    return 1
  fi
}

apt() {
  # shellcheck disable=SC2086  # nothing, or one word
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

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
      { become_root && apt install --no-install-recommends "$package"; } ||
        say "No $package: the tests that need it will be skipped."
    done
  else
    say "Installing:$missing"
    become_root || exit 1
    if [ -z "$updated" ]; then
      updated=yes
      # Lists that cannot be refreshed (a foreign source, no network) may still do.
      apt update || say "The package lists could not be refreshed; going on with those there are."
    fi
    # shellcheck disable=SC2086
    apt install --no-install-recommends $missing || {
      say "These packages could not be installed:$missing"
      exit 1
    }
  fi
done

# setup.sh: shared by run and check: finds the repository, installs what is missing, configures, builds.
# To be sourced. Sets $top (repository) and $build (build folder).

top=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
build=${VANTAGE_BUILD:-$top/build}

say () {
  printf '%s\n' "$*" >&2
}

as_root () {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    say "This step needs root and there is no sudo here: $*"
    say "Run it as root once, then start this command again."
    return 1
  fi
}

# install_packages KIND…: what build-aux/packages lists for these kinds and is not there yet.
install_packages () {
  wanted=
  for kind in "$@"; do
    wanted="$wanted $(sed -n "s/^$kind  *//p" "$top/build-aux/packages" | tr '\n' ' ')"
  done
  missing=
  for package in $wanted; do
    case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  say "Installing what is missing:$missing"
  as_root apt-get update -q >&2 || say "The package lists could not be renewed; trying with those that are here."
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2 || {
    say "Some packages could not be installed. See the lines above; a working package source for Debian 12 is needed."
    return 1
  }
}

# configure FOLDER OPTION…: sets a build folder up, or leaves it as it is.
configure () {
  folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    rm -rf "$folder"
    meson setup "$folder" "$top" "$@" >&2
  fi
}

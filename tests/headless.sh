#!/bin/sh
# headless.sh [--a11y] PROGRAM [ARGS]: runs a program in a closed world: private home, private bus,
# private X server.
set -eu
a11y=test store=memory
if [ "$1" = --a11y ]; then
  a11y=atspi store=keyfile
  shift
fi
world=$(mktemp -d)
trap 'rm -rf "$world"' EXIT
mkdir -p "$world/run" "$world/person" "$world/services"
chmod 700 "$world/run"
[ $a11y = test ] || cp /usr/share/dbus-1/services/org.a11y.Bus.service "$world/services/"
mkdir -p "$world/person/config/gtk-4.0"
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-icon-theme-name=Adwaita\n' > "$world/person/config/gtk-4.0/settings.ini"
cat > "$world/bus.conf" <<X
<busconfig><type>session</type><listen>unix:runtime=yes</listen><servicedir>$world/services</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
X
env HOME="$world/person" XDG_RUNTIME_DIR="$world/run" XDG_CONFIG_HOME="$world/person/config" \
  XDG_DATA_HOME="$world/person/data" XDG_CACHE_HOME="$world/person/cache" GSK_RENDERER=cairo GDK_BACKEND=x11 \
  GTK_A11Y=$a11y GSETTINGS_BACKEND=$store GIO_USE_VFS=local ADW_DISABLE_PORTAL=1 LC_ALL=C.UTF-8 \
  G_DEBUG=fatal-criticals dbus-run-session --config-file="$world/bus.conf" -- \
  xvfb-run -a -s '-screen 0 1600x1000x24' "$@"

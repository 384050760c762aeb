# Shared by the scripts beside it (sourced, not run): where things are, how to speak, how to get a Debian package.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
local_dir=$root/.local
umask 022
export TOWN_HOME=$root
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A build server that outlives its command would keep a caller's pipe open and hold memory nobody uses.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*" >&2; }
fail() { say "${0##*/}: $*"; exit 1; }
usage() { say "$*"; exit 2; }
mkdir -p "$local_dir"

# `packages WHY NAME…` leaves the Debian packages installed, or ends with a sentence that says what to install.
packages() (
  # In a subshell: its EXIT trap takes the guards against services away again, however it ends.
  why=$1; missing=(); shift
  command -v dpkg-query >/dev/null || fail "$why needs the equivalent of these Debian packages: $*. Install them and run this again."
  for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || fail "$why needs Debian packages that are not installed. Install them and run this again: sudo apt-get install -y ${missing[*]}"
  say "Installing ${missing[*]} ($why) …"
  quiet_packages
  apt_quiet install -y --no-install-recommends "${missing[@]}" || {
    # The package lists may be absent or stale on a fresh machine: one refresh, one more try.
    apt_quiet update && apt_quiet install -y --no-install-recommends "${missing[@]}"
  } || { tail -n 15 "$local_dir/apt.log" >&2; fail "could not install ${missing[*]}; the whole log is $local_dir/apt.log."; }
)
# A package brings programs here; services of its own (a mail server, a second database) are not wanted, now or at boot.
quiet_packages() {
  guards=(/etc/postgresql-common/createcluster.d/monozukuri-town.conf)
  mkdir -p "${guards[0]%/*}"; echo 'create_main_cluster = false' >"${guards[0]}"
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    guards+=(/usr/sbin/policy-rc.d)
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d
  fi
  trap 'rm -f "${guards[@]}"' EXIT
  echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections 2>/dev/null || true
}
apt_quiet() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold "$@" \
    </dev/null >>"$local_dir/apt.log" 2>&1
}

need_sdk() {
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0"
  (cd "$root" && dotnet --version >/dev/null 2>&1) || fail "no .NET SDK here satisfies $root/global.json (10.0.100 or a later 10.0): https://dotnet.microsoft.com/download/dotnet/10.0"
}

# The server deploy/start left: .local/server holds its process, port and published folder.
server_field() { sed -n "$1p" "$local_dir/server" 2>/dev/null; }
server_port() { server_field 2; }
server_dir() { server_field 3; }
server_pid() {
  local pid; pid=$(server_field 1)
  # The number may be another program's by now: ours stands in its published folder.
  [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$(server_dir)" ] && echo "$pid"
}
stop_server() {
  kill -TERM "$1" 2>/dev/null || true
  for _ in $(seq 300); do kill -0 "$1" 2>/dev/null || break; sleep 0.1; done
  if kill -0 "$1" 2>/dev/null; then say "It did not stop in 30 seconds; ending it at once."; kill -KILL "$1" || true; fi
  rm -f "$local_dir/server"
}
# http_status PORT PATH prints the status of a GET, without asking for curl on a bare machine.
http_status() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&3 &&
    read -r -t 10 _ code _ <&3 && echo "$code") 2>/dev/null || true
}

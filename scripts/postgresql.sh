#!/usr/bin/env bash
# PostgreSQL for the tests, from Debian's packages: installed where it is missing, if we are root there.
# The tests start a private cluster of their own; without a server they skip what needs one, by name.
set -euo pipefail

if compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || command -v initdb > /dev/null; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || [ ! -e /etc/debian_version ]; then
    echo "PostgreSQL is not installed: the tests that need it are skipped" >&2
    exit 0
fi
# Debian would start a cluster of its own; none is wanted.
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] \
    || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
export DEBIAN_FRONTEND=noninteractive
{ apt-get update --quiet=2 && apt-get install --quiet=2 --yes --no-install-recommends \
    --option Dpkg::Options::=--force-confold postgresql postgresql-client > /dev/null; } \
    || echo "PostgreSQL could not be installed: the tests that need it are skipped" >&2

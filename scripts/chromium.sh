#!/usr/bin/env bash
# Chromium for the tests of the site, from Debian's packages: installed where it is missing, if we are root there.
# Without it the tests that need a browser are skipped, by name.
set -euo pipefail

if command -v chromium > /dev/null || command -v chromium-browser > /dev/null; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || [ ! -e /etc/debian_version ]; then
    echo "Chromium is not installed: the tests that need it are skipped" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
{ apt-get update --quiet=2 && apt-get install --quiet=2 --yes --no-install-recommends chromium > /dev/null; } \
    || echo "Chromium could not be installed: the tests that need it are skipped" >&2

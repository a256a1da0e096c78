// What the map draws with: projections and paths, and shapes out of TopoJSON.
export { geoCircle, geoContains, geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
export { feature, mesh } from "topojson-client";

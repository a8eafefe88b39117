// The map: pins for cities, hollow marks for provinces and districts, shaded areas for countries.
"use strict";

const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
const LEVELS = {
  place: "in this place",
  district: "somewhere in this district",
  province: "somewhere in this province",
  country: "somewhere in this country",
};
const WORLD = "/static/vendor/world-atlas-2.0.2-countries-110m.json";
const compact = new Intl.NumberFormat("en", { notation: "compact" });
const whole = new Intl.NumberFormat("en");
const SVG = "http://www.w3.org/2000/svg";

const make = (name, attributes, ...children) => {
  const found = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  found.append(...children);
  return found;
};

const tag = (name, ...children) => {
  const found = document.createElement(name);
  found.append(...children);
  return found;
};

// Each quad class has its own shape, as everywhere on the desk.
const shape = (quad, middle, r, classes) => {
  if (quad === 1) return make("circle", { cx: middle, cy: middle, r, class: classes });
  const corners = {
    2: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
    3: [[0, -1.25], [1.3, 0.95], [-1.3, 0.95]],
    4: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  }[quad];
  const points = corners.map(([x, y]) => `${middle + x * r},${middle + y * r}`).join(" ");
  return make("polygon", { points, class: classes });
};

const pin = (one, most) => {
  const text = compact.format(one.events);
  const hollow = one.level !== "place";
  const least = 4 + 3.6 * text.length + (one.quad > 2 ? 2 : 0);
  const r = Math.max(least, 8 + 16 * Math.sqrt(one.events / most)) * (hollow ? 1.35 : 1);
  const size = 2.8 * r;
  const svg = make("svg", { width: size, height: size, "aria-hidden": "true" },
    shape(one.quad, size / 2, r, `pin q${one.quad}${hollow ? " hollow" : ""}`),
    make("text", { x: size / 2, y: size / 2 + (one.quad === 3 ? 7 : 4), "text-anchor": "middle" }, text));
  return L.divIcon({ html: svg, className: `marker q${one.quad} ${one.level}`, iconSize: [size, size] });
};

const label = (one) => L.divIcon({
  html: tag("span", `${one.country} ${compact.format(one.events)}`),
  className: `marker label q${one.quad}${one.shapes.length ? "" : " small"}`,
  iconSize: [0, 0],
});

const about = (one) => {
  const name = tag("strong", tag("bdi", one.name));
  const counts = tag("ul", ...one.quads.flatMap((n, at) => {
    if (!n) return [];
    const key = tag("span");
    key.className = `key q${at + 1}`;
    return [tag("li", key, `${whole.format(n)} ${QUADS[at]}`)];
  }));
  const link = tag("a", one.level === "country" ? "All events in the country" : "The events");
  link.href = one.link;
  const events = `${whole.format(one.events)} event${one.events === 1 ? "" : "s"} ${LEVELS[one.level]}`;
  const ahead = one.ahead ? `, ${whole.format(one.ahead)} of them planned, pledged or possible` : "";
  return tag("div", name, tag("p", `${events}${ahead}`), counts, tag("p", link));
};

const spoken = (one) => {
  const short = compact.format(one.events);
  return `${one.level === "country" ? `${one.country} ` : ""}${short} event${one.events === 1 ? "" : "s"} ` +
    `${LEVELS[one.level]}: ${one.name}, mostly ${QUADS[one.quad - 1]}`;
};

// The base map's shapes lie on a globe: one that crosses the 180th meridian is drawn on beyond it.
const unwrap = (ring) => {
  const found = [ring[0]];
  for (const [lon, lat] of ring.slice(1)) {
    const before = found[found.length - 1][0];
    found.push([lon + 360 * Math.round((before - lon) / 360), lat]);
  }
  // Round a pole there is no such way.
  return Math.abs(found[found.length - 1][0] - found[0][0]) < 1 ? found : ring;
};

const unwrapped = (feature) => {
  const { type, coordinates } = feature.geometry;
  const flat = type === "Polygon" ? coordinates.map(unwrap) : coordinates.map((part) => part.map(unwrap));
  return { ...feature, geometry: { type, coordinates: flat } };
};

// The bounds of a country's largest part: far islands make a view no wider.
const mainland = ({ geometry: { type, coordinates } }) => {
  const parts = type === "Polygon" ? [coordinates] : coordinates;
  const bounds = parts.map(([ring]) => L.latLngBounds(ring.map(([lon, lat]) => [lat, lon])));
  const size = (one) => (one.getEast() - one.getWest()) * (one.getNorth() - one.getSouth());
  return bounds.reduce((best, one) => (size(one) > size(best) ? one : best));
};

// Where marks would cover each other, that with most events stays and says how many it stands before.
const declutter = (map, marks) => {
  const kept = [];
  for (const mark of marks) {
    const { x, y } = map.latLngToLayerPoint(mark.marker.getLatLng());
    const over = kept.find((other) => Math.abs(other.x - x) < (other.wide + mark.wide) / 2 &&
      Math.abs(other.y - y) < (other.high + mark.high) / 2);
    const element = mark.marker.getElement();
    element.hidden = Boolean(over);
    if (over) over.more += 1;
    else kept.push(Object.assign(mark, { x, y, more: 0 }));
  }
  for (const { marker, one, more } of kept) {
    const element = marker.getElement();
    element.dataset.more = more ? `+${more}` : "";
    element.setAttribute("aria-label", spoken(one) + (more ? `; ${more} more near it, zoom in to see` : ""));
  }
  const hidden = marks.length - kept.length;
  document.getElementById("fault").textContent = hidden
    ? `${kept.length} of ${marks.length} marks have room at this zoom; +n says how many more lie under one.` : "";
};

const draw = (found, world) => {
  const place = document.getElementById("map");
  place.hidden = false;
  const map = L.map(place, { minZoom: 1, maxZoom: 9, maxBounds: [[-85, -220], [85, 220]], zoomSnap: 0.5 });
  map.attributionControl.setPrefix(false).addAttribution("Borders: Natural Earth");
  const most = Math.max(...found.features.map((feature) => feature.properties.events));
  const countries = new Map();
  for (const feature of found.features) {
    for (const name of feature.properties.shapes || []) countries.set(name, feature.properties);
  }
  const shapes = topojson.feature(world, world.objects.countries).features.map(unwrapped);
  const known = (feature) => countries.get(feature.id) || countries.get(feature.properties.name);

  // A view first: nothing can be placed without one.
  const bounds = L.latLngBounds([]);
  for (const shape of shapes) if (known(shape)) bounds.extend(mainland(shape));
  for (const { geometry, properties: one } of found.features) {
    const at = geometry ? geometry.coordinates : one.middle;
    if (at) bounds.extend([at[1], at[0]]);
  }
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [30, 30], maxZoom: 6 });
  else map.setView([20, 10], 1);

  L.geoJSON(shapes, { interactive: false, style: { className: "land" } }).addTo(map);
  L.geoJSON(shapes, {
    filter: known,
    style: (feature) => {
      const one = known(feature);
      return { className: `shaded q${one.quad}`, fillOpacity: 0.15 + 0.45 * Math.sqrt(one.events / most) };
    },
    onEachFeature: (feature, layer) => layer.bindPopup(() => about(known(feature))),
  }).addTo(map);

  const marks = [];
  for (const { geometry, properties: one } of found.features) {
    const at = geometry ? geometry.coordinates : one.middle;
    if (!at) continue;
    const icon = geometry ? pin(one, most) : label(one);
    const marker = L.marker([at[1], at[0]], { icon });
    marker.bindPopup(() => about(one)).addTo(map);
    const size = geometry ? 0.6 * icon.options.iconSize[0] : 0;
    marks.push({ marker, one, wide: size || 22 + 7 * icon.options.html.textContent.length, high: size || 20 });
  }
  declutter(map, marks);
  map.on("zoomend", () => declutter(map, marks));
};

const found = JSON.parse(document.getElementById("places-data").textContent);
fetch(WORLD)
  .then((answer) => answer.json())
  .then((world) => draw(found, world))
  .catch((error) => {
    document.getElementById("fault").textContent = `The map cannot be drawn (${error.message}); the table below says the same.`;
  });

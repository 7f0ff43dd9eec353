// The map's own style: water, land, outlines, the places with their classes, names. No tiles, no glyph files, no other host.
import type { FillLayerSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';

export type Colours = Record<string, string>;

export function read_colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const names = ['sea', 'land', 'land-far', 'outline', 'district', 'ink', 'ink-soft', 'surface', 'accent', 'hatch', 'same'];
  for (let k = 1; k <= 7; k++) names.push(`level-${k}`);
  for (let k = 1; k <= 3; k++) names.push(`up-${k}`, `down-${k}`);
  return Object.fromEntries(names.map((name) => [`--${name}`, style.getPropertyValue(`--${name}`).trim()]));
}

const empty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };
export const is_far = (key: string) => /commune|region|neighbour|voisin|department|county/.test(key);
const is_outline = (key: string) => /outline|commune$|city|contour/.test(key) && !/communes/.test(key);

export const ordered_layers = (keys: readonly string[]): string[] =>
  [...keys].sort((a, b) => Number(is_far(b)) - Number(is_far(a)));
export const land_layers = (keys: readonly string[]): string[] => ordered_layers(keys).filter((k) => is_far(k) || is_outline(k));

/** Colour of a place by its class, held as feature state so that a new step restyles without new geometry. */
export function fill_of(tokens: readonly string[], colours: Colours): unknown {
  const pairs = tokens.flatMap((token, k) => [k, colours[token] ?? '#888']);
  if (pairs.length === 0) return 'rgba(0,0,0,0)';
  return ['match', ['coalesce', ['feature-state', 'c'], -2], ...pairs, 'rgba(0,0,0,0)'];
}
const shown = (opacity: number) => ['case', ['>=', ['coalesce', ['feature-state', 'c'], -2], 0], opacity, 0];
const hatched = ['case', ['==', ['coalesce', ['feature-state', 'c'], -2], -1], 1, 0];

/** The two layers of a set of places: coloured, and hatched. */
export const layer_ids = (source: string): [string, string] => [`${source}-fill`, `${source}-few`];
export function place_layers(source: string, fill: unknown): FillLayerSpecification[] {
  const [coloured, few] = layer_ids(source);
  return [
    {
      id: coloured,
      type: 'fill',
      source,
      paint: { 'fill-antialias': false, 'fill-color': fill as never, 'fill-opacity': shown(0.9) as never },
    },
    { id: few, type: 'fill', source, paint: { 'fill-pattern': 'hatch', 'fill-opacity': hatched as never } },
  ];
}

/** Paint that depends on the theme, by layer and property. */
export function paints(layer_keys: readonly string[], c: Colours): [string, string, unknown][] {
  const base: [string, string, unknown][] = [
    ['sea', 'background-color', c['--sea']],
    ['district-lines', 'line-color', c['--district']],
    ['hover', 'line-color', c['--ink']],
    ['mark-casing', 'line-color', c['--surface']],
    ['mark', 'line-color', c['--accent']],
    ['names', 'text-color', c['--ink']],
    ['names', 'text-halo-color', c['--land']],
    ['districts-land', 'fill-color', c['--land']],
  ];
  for (const key of layer_keys) {
    base.push([`land-${key}`, 'fill-color', is_far(key) ? c['--land-far'] : c['--land']]);
    base.push([`line-${key}`, 'line-color', c['--outline']]);
  }
  return base;
}

/** Layers whose shapes are wide surroundings are filled first, the city's own outline next, lines above the places. */
export function style_of(layer_keys: readonly string[], colours: Colours, font: string): StyleSpecification {
  const sources: StyleSpecification['sources'] = {
    districts: { type: 'geojson', data: empty },
    hover: { type: 'geojson', data: empty },
    mark: { type: 'geojson', data: empty },
    names: { type: 'geojson', data: empty },
  };
  for (const key of layer_keys) sources[`layer-${key}`] = { type: 'geojson', data: empty };
  const ordered = ordered_layers(layer_keys);
  const layers: LayerSpecification[] = [{ id: 'sea', type: 'background', paint: {} }];
  for (const key of land_layers(layer_keys))
    layers.push({ id: `land-${key}`, type: 'fill', source: `layer-${key}`, paint: { 'fill-antialias': false } });
  layers.push({ id: 'districts-land', type: 'fill', source: 'districts', paint: { 'fill-antialias': false } });
  layers.push({
    id: 'district-lines',
    type: 'line',
    source: 'districts',
    paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 0.4, 14, 1.2] },
  });
  for (const key of ordered)
    layers.push({
      id: `line-${key}`,
      type: 'line',
      source: `layer-${key}`,
      layout: { 'line-join': 'round' },
      paint: { 'line-width': is_far(key) ? 0.5 : ['interpolate', ['linear'], ['zoom'], 10, 0.7, 14, 1.8] },
    });
  layers.push(
    { id: 'hover', type: 'line', source: 'hover', paint: { 'line-width': 1.5 } },
    { id: 'mark-casing', type: 'line', source: 'mark', layout: { 'line-join': 'round' }, paint: { 'line-width': 6 } },
    { id: 'mark', type: 'line', source: 'mark', layout: { 'line-join': 'round' }, paint: { 'line-width': 3 } },
    {
      id: 'names',
      type: 'symbol',
      source: 'names',
      minzoom: 9.4,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [font],
        'text-size': ['interpolate', ['linear'], ['zoom'], 9.5, 11, 13, 14],
        'text-max-width': 7,
        'text-padding': 8,
        'symbol-sort-key': ['-', 0, ['get', 'area']],
      },
      paint: { 'text-halo-width': 1.6 },
    },
  );
  const style: StyleSpecification = { version: 8, sources, layers };
  for (const [id, property, value] of paints(layer_keys, colours)) {
    const layer = layers.find((l) => l.id === id);
    if (layer) layer.paint = { ...layer.paint, [property]: value };
  }
  return style;
}

/** Diagonal grey strokes: « effectif trop faible ». */
export function hatch(colour: string): { width: number; height: number; data: Uint8ClampedArray } {
  const size = 8;
  const [r = 128, g = 128, b = 128] =
    /^#(..)(..)(..)$/
      .exec(colour)
      ?.slice(1)
      .map((x) => parseInt(x, 16)) ?? [];
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const d = (x + y) % size;
      data.set([r, g, b, d === 0 ? 210 : d === 1 || d === size - 1 ? 90 : 0], (y * size + x) * 4);
    }
  return { width: size, height: size, data };
}

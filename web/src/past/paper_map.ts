// The map for paper: the same places and outlines as on screen, as SVG paths. A printer gets no pixels from WebGL, and what is
// printed must be light at once, whatever the screen shows.
import { polygons_of, type Outline } from './cells';
import { width_of } from './svg_text';

export type Box = [west: number, south: number, east: number, north: number];
export interface Frame {
  width: number;
  height: number;
  /** Web Mercator: pixels of the whole world, and those of the frame's north-west corner. */
  world: number;
  left: number;
  top: number;
  latitude: number;
}
const tile = 512; // Pixels of the world at zoom 0, as on the screen's map.
const margin = 16;

const east_of = (lon: number): number => (lon + 180) / 360;
const south_of = (lat: number): number => {
  const phi = (lat * Math.PI) / 180;
  return (1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2;
};

function frame_at(width: number, height: number, world: number, lon: number, lat: number): Frame {
  return { width, height, world, left: east_of(lon) * world - width / 2, top: south_of(lat) * world - height / 2, latitude: lat };
}
/** The whole of a box, in the middle. */
export function frame_of([west, south, east, north]: Box, width: number, height: number): Frame {
  const wide = (width - 2 * margin) / Math.max(1e-9, east_of(east) - east_of(west));
  const high = (height - 2 * margin) / Math.max(1e-9, south_of(south) - south_of(north));
  const world = Math.min(wide, high, tile * 2 ** 15);
  const frame = frame_at(width, height, world, (west + east) / 2, (south + north) / 2);
  frame.top = ((south_of(south) + south_of(north)) / 2) * world - height / 2;
  return frame;
}
/** What the screen shows at this zoom. */
export const frame_of_view = (view: { zoom: number; lat: number; lon: number }, width: number, height: number): Frame =>
  frame_at(width, height, tile * 2 ** view.zoom, view.lon, view.lat);

export const spot = (f: Frame, [lon = 0, lat = 0]: GeoJSON.Position): [number, number] => [
  east_of(lon) * f.world - f.left,
  south_of(lat) * f.world - f.top,
];

/** Path of a polygon; empty when all of it lies outside the frame. */
export function path_of(f: Frame, geometry: GeoJSON.Geometry | null | undefined): string {
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return '';
  let path = '';
  for (const ring of polygons_of({ geometry } as Outline).flat()) {
    const points = ring.map((at) => spot(f, at));
    const seen =
      points.some(([x]) => x > 0) &&
      points.some(([x]) => x < f.width) &&
      points.some(([, y]) => y > 0) &&
      points.some(([, y]) => y < f.height);
    if (seen) path += `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
  }
  return path;
}
export const paths_of = (f: Frame, features: readonly GeoJSON.Feature[]): string =>
  features.map((feature) => path_of(f, feature.geometry)).join('');

/** A round length of ground, and how long it is drawn: at most `room` pixels. */
export function scale_bar(f: Frame, room: number): { metres: number; width: number } {
  const equator_m = 40075016.7; // WGS 84
  const metre = f.world / (equator_m * Math.cos((f.latitude * Math.PI) / 180));
  const power = 10 ** Math.floor(Math.log10(room / metre));
  const metres = power * ([5, 2, 1].find((k) => k * power * metre <= room) ?? 1);
  return { metres, width: metres * metre };
}

export interface Name {
  words: string;
  x: number;
  y: number;
}
/** Names from the widest place to the smallest, each only where it covers no other. */
export function names_in(f: Frame, places: readonly { name: string; label: number[]; area_km2: number }[], size: number): Name[] {
  const half_high = size * 1.1;
  const kept: (Name & { half: number })[] = [];
  for (const place of [...places].sort((a, b) => b.area_km2 - a.area_km2)) {
    const [x, y] = spot(f, place.label);
    const half = width_of(place.name, size) / 2 + 6;
    const inside = x > half && x < f.width - half && y > size && y < f.height - size;
    const free = kept.every((k) => Math.abs(k.x - x) > k.half + half || Math.abs(k.y - y) > 2 * half_high);
    if (inside && free) kept.push({ words: place.name, x, y, half });
  }
  return kept;
}

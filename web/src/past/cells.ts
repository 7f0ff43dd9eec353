// Where a cell lies, without a projection library: the server gives a polynomial from metres to degrees (city.grid).
import type { Schemas } from '../api/client';

export type Grid = Schemas['City']['grid'];
export type Position = [number, number];

/** lon = sum c[k] u^i v^j with u = (x - x0) / scale and k counting (0,0) (1,0) (0,1) (2,0) (1,1) (0,2)... */
export function degrees(grid: Grid, x: number, y: number): Position {
  const u = (x - grid.x0) / grid.scale;
  const v = (y - grid.y0) / grid.scale;
  let lon = 0;
  let lat = 0;
  let k = 0;
  for (let total = 0; total <= grid.degree; total++) {
    for (let j = 0; j <= total; j++, k++) {
      const term = u ** (total - j) * v ** j;
      lon += (grid.lon[k] ?? 0) * term;
      lat += (grid.lat[k] ?? 0) * term;
    }
  }
  return [lon, lat];
}

/** The four corners of a cell as a closed ring. */
export function cell_ring(grid: Grid, column: number, row: number, cell_m: number): Position[] {
  const x = column * cell_m;
  const y = row * cell_m;
  const a = degrees(grid, x, y);
  return [a, degrees(grid, x + cell_m, y), degrees(grid, x + cell_m, y + cell_m), degrees(grid, x, y + cell_m), a];
}

export type Outline = GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon>;

function inside_rings(rings: GeoJSON.Position[][], x: number, y: number): boolean {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi = 0, yi = 0] = ring[i] ?? [];
      const [xj = 0, yj = 0] = ring[j] ?? [];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}
export const polygons_of = (outline: Outline): GeoJSON.Position[][][] =>
  outline.geometry.type === 'Polygon' ? [outline.geometry.coordinates] : outline.geometry.coordinates;
export const contains = (outline: Outline, [x, y]: Position): boolean =>
  polygons_of(outline).some((rings) => inside_rings(rings, x, y));

/** West, south, east, north of some outlines; none when there are none. */
export function bounds_of(outlines: readonly GeoJSON.Feature[]): [number, number, number, number] | null {
  let box: [number, number, number, number] | null = null;
  for (const outline of outlines) {
    if (outline.geometry?.type !== 'Polygon' && outline.geometry?.type !== 'MultiPolygon') continue;
    for (const rings of polygons_of(outline as Outline))
      for (const [x = 0, y = 0] of rings[0] ?? [])
        box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
  }
  return box;
}

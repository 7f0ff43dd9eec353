// What a place is called and where it lies.
import type { Schemas } from '../api/client';
import { house } from '../frame/house.svelte';
import { whole } from '../words/numbers';
import { p } from '../words/words.svelte';
import { contains, degrees, type Position } from './cells';
import { past } from './past.svelte';

export interface NamedPlace {
  name: string;
  where: string;
  parent: string;
  /** District code, for the place itself or the district that holds the cell's centre. */
  code: string | null;
  at: Position;
  area_km2: number | null;
}
type Geometry = Pick<Schemas['Places'], 'unit' | 'cell_m' | 'column' | 'row' | 'district'>;

export function place_at(places: Geometry, i: number): NamedPlace {
  const districts = house.catalogue?.districts ?? [];
  if (places.unit === 'districts') {
    const d = districts.find((x) => x.id === places.district[i]);
    const at = (d?.label as Position | undefined) ?? [0, 0];
    return {
      name: d?.name ?? p().place.outside,
      where: d ? `${d.parent ? d.parent + ', ' : ''}${d.code}` : '',
      parent: d?.parent ?? '',
      code: d?.code ?? null,
      at,
      area_km2: d?.area_km2 || null,
    };
  }
  const m = places.cell_m;
  const x = (places.column[i] ?? 0) * m;
  const y = (places.row[i] ?? 0) * m;
  const grid = house.city?.grid;
  const at: Position = grid ? degrees(grid, x + m / 2, y + m / 2) : [0, 0];
  let inside = null;
  for (const d of districts) {
    const outline = past.outline_of.get(d.id);
    if (outline && contains(outline, at)) {
      inside = d;
      break;
    }
  }
  return {
    name: inside ? p().place.cell_in(whole(m), inside.name) : p().place.cell(whole(m)),
    where: p().place.corner(whole(x), whole(y)),
    parent: inside ? inside.name : p().place.outside,
    code: inside?.code ?? null,
    at,
    area_km2: null,
  };
}

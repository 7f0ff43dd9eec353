// Classes of value, their colours and their legend. A place with too few facts has no class: it is hatched, never coloured.
import type { Schemas } from '../api/client';
import type { Measure } from './question';

export const few = -1;
export const nothing = -2;

/** Class k holds values v with breaks[k-1] <= v < breaks[k]. */
export function class_of(value: number, breaks: readonly number[]): number {
  let k = 0;
  while (k < breaks.length && value >= (breaks[k] as number)) k++;
  return k;
}

/** One number a place: its class, or few, or nothing. */
export function classes_of(places: Schemas['Places']): Int8Array {
  const out = new Int8Array(places.n.length);
  for (let i = 0; i < out.length; i++) {
    const value = places.value[i];
    const n = places.n[i];
    if (places.few[i] || value === null || value === undefined) out[i] = n === 0 && places.measure !== 'change' ? nothing : few;
    else if (value === 0 && places.measure !== 'change') out[i] = nothing;
    else out[i] = class_of(value, places.breaks);
  }
  return out;
}

/** Names of the colour tokens of `count` classes: a ramp for levels, two hues about zero for change. */
export function tokens_of(measure: Measure, breaks: readonly number[]): string[] {
  const count = breaks.length + 1;
  if (measure !== 'change')
    return Array.from({ length: count }, (_, k) => `--level-${count === 1 ? 4 : 1 + Math.round((k * 6) / (count - 1))}`);
  const middle = class_of(0, breaks);
  return Array.from({ length: count }, (_, k) => {
    if (k === middle) return '--same';
    const side = k < middle ? middle : count - 1 - middle;
    const step = Math.min(3, Math.max(1, Math.ceil((Math.abs(k - middle) * 3) / side)));
    return `${k < middle ? '--down' : '--up'}-${step}`;
  });
}

export interface Row {
  token: string;
  low: number | null;
  high: number | null;
  places: number;
  facts: number;
}
/** What the legend says of each class: its limits, how many places, how many facts behind (`facts`: one number a place). */
export function rows_of(
  measure: Measure,
  breaks: readonly number[],
  classes: Int8Array,
  facts: ArrayLike<number | null>,
): { rows: Row[]; few: number } {
  const rows: Row[] = tokens_of(measure, breaks).map((token, k) => ({
    token,
    low: k === 0 ? null : (breaks[k - 1] ?? null),
    high: breaks[k] ?? null,
    places: 0,
    facts: 0,
  }));
  let hatched = 0;
  classes.forEach((k, i) => {
    const row = rows[k];
    if (row) {
      row.places++;
      row.facts += facts[i] ?? 0;
    } else if (k === few) hatched++;
  });
  return { rows, few: hatched };
}

/** Round limits for the counts of a playback, where the server gives none. */
export function limits_for(counts: readonly number[]): number[] {
  const sorted = counts.filter((n) => n > 0).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const rounded = [0.25, 0.5, 0.75, 0.9, 0.97, 0.995].map((share) => {
    const v = sorted[Math.floor(share * (sorted.length - 1))] as number;
    const unit = v < 20 ? 1 : v < 100 ? 5 : v < 1000 ? 50 : 500;
    return Math.max(1, Math.ceil(v / unit) * unit);
  });
  return [...new Set(rounded)].filter((v) => v > (sorted[0] as number));
}

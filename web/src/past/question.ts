// The view of HIER as an address: the question asked (the same parameter names as the interface) and how it is looked at.
import type { PastQuery } from '../api/client';

export type Unit = NonNullable<PastQuery['unit']>;
export type Measure = NonNullable<PastQuery['measure']>;
export type Compare = NonNullable<PastQuery['compare']>;
export type Bin = NonNullable<PastQuery['bin']>;
export type Step = 'hour' | 'day' | 'week' | 'month';
export type Show = 'map' | 'table' | 'charts';

export interface Question {
  from: string | null;
  to: string | null;
  cat: string[];
  src: string[];
  origin: string[];
  district: string[];
  wd: number[];
  hours: string;
  sun: '' | 'day' | 'night';
  unit: Unit;
  cell: number;
  measure: Measure;
  compare: Compare;
  bin: Bin;
}

/** How the answer is looked at: in the address too, but never sent to the server. */
export interface Look {
  show: Show;
  place: string | null;
  map: { zoom: number; lat: number; lon: number } | null;
  /** Playback: its step, and the frame it is stopped at. */
  step: Step | null;
  at: string | null;
  cumulative: boolean;
}
export type View = Question & Look;

export const cell_sizes = [100, 200, 300, 400, 500, 1000] as const;
export const hour_ms = 3600000;
export const day_ms = 24 * hour_ms;
const list_max = 200; // Entries in one parameter: bounds what a pasted address can make us do.

/** Milliseconds of a local time, as if it were UTC: calendar arithmetic without the browser's zone. */
export function day_of(text: string): number {
  const [date = '', hour] = text.split('T');
  return Date.parse(date + 'T00:00:00Z') + (hour ? Number(hour.slice(0, 2)) * hour_ms : 0);
}
/** The shortest form the interface reads: a day, or a day and an hour. */
export function spell(ms: number): string {
  const text = new Date(ms).toISOString();
  return ms % day_ms === 0 ? text.slice(0, 10) : text.slice(0, 13);
}
export function months_later(ms: number, months: number): number {
  const date = new Date(ms);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

function list(text: string | null): string[] {
  return [...new Set((text ?? '').split(',').filter((x) => x !== ''))].slice(0, list_max);
}
function one_of<T extends string>(text: string | null, allowed: readonly T[], otherwise: T): T {
  return allowed.includes(text as T) ? (text as T) : otherwise;
}
function weekdays(text: string | null): number[] {
  const days = new Set<number>();
  for (const part of list(text)) {
    const [from = NaN, to = from] = part.split('-').map(Number);
    for (let d = from; d <= to && d <= 7; d++) if (d >= 1) days.add(d);
  }
  return days.size === 7 ? [] : [...days].sort();
}
const when = (text: string | null): string | null =>
  text && /^\d{4}-\d\d-\d\d(T\d\d)?$/.test(text) && !Number.isNaN(day_of(text)) ? text : null;

export function parse(search: string): View {
  const q = new URLSearchParams(search);
  const [zoom, lat, lon] = (q.get('map') ?? '').split('/').map(Number);
  const map = [zoom, lat, lon].every((v) => v !== undefined && Number.isFinite(v)) && Math.abs(lat ?? 0) <= 85;
  const cell = Number(q.get('cell') ?? 200);
  const hours = q.get('hours') ?? '';
  return {
    from: when(q.get('from')),
    to: when(q.get('to')),
    cat: list(q.get('cat')),
    src: list(q.get('src')),
    origin: list(q.get('origin')),
    district: list(q.get('district')),
    wd: weekdays(q.get('wd')),
    hours: /^\d{1,2}(-\d{1,2})?(,\d{1,2}(-\d{1,2})?)*$/.test(hours) ? hours : '',
    sun: one_of(q.get('sun'), ['', 'day', 'night'] as const, ''),
    unit: one_of(q.get('unit'), ['cells', 'districts'] as const, 'cells'),
    cell: Number.isInteger(cell) && cell % 100 === 0 && cell >= 100 && cell <= 10000 ? cell : 200,
    measure: one_of(q.get('measure'), ['count', 'rate_km2', 'rate_residents', 'change'] as const, 'count'),
    compare: one_of(q.get('compare'), ['none', 'previous', 'year'] as const, 'none'),
    bin: one_of(q.get('bin'), ['day', 'week', 'month'] as const, 'day'),
    show: one_of(q.get('show'), ['map', 'table', 'charts'] as const, 'map'),
    place: q.get('place'),
    map: map ? { zoom: zoom as number, lat: lat as number, lon: lon as number } : null,
    step: q.has('step') ? one_of(q.get('step'), ['hour', 'day', 'week', 'month'] as const, 'day') : null,
    at: when(q.get('at')),
    cumulative: q.get('cumul') === '1',
  };
}

/** What the server is asked. Defaults are left out, so that one view has one address. */
export function query_of(v: Question): PastQuery {
  const query: PastQuery = {};
  if (v.from) query.from = v.from;
  if (v.to) query.to = v.to;
  if (v.cat.length) query.cat = v.cat.join(',');
  if (v.src.length) query.src = v.src.join(',');
  if (v.origin.length) query.origin = v.origin.join(',');
  if (v.district.length) query.district = v.district.join(',');
  if (v.wd.length) query.wd = v.wd.join(',');
  if (v.hours) query.hours = v.hours;
  if (v.sun) query.sun = v.sun;
  if (v.unit !== 'cells') query.unit = v.unit;
  if (v.cell !== 200) query.cell = v.cell;
  if (v.measure !== 'count') query.measure = v.measure;
  if (v.compare !== 'none') query.compare = v.compare;
  if (v.bin !== 'day') query.bin = v.bin;
  return query;
}

export function address_of(v: View): string {
  const q = new URLSearchParams(Object.entries(query_of(v)).map(([k, x]) => [k, String(x)]));
  if (v.show !== 'map') q.set('show', v.show);
  if (v.place) q.set('place', v.place);
  if (v.map) q.set('map', `${v.map.zoom.toFixed(2)}/${v.map.lat.toFixed(4)}/${v.map.lon.toFixed(4)}`);
  if (v.step) q.set('step', v.step);
  if (v.step && v.at) q.set('at', v.at);
  if (v.step && v.cumulative) q.set('cumul', '1');
  // A view with nothing set still says so: an empty query means « first visit ».
  if (q.size === 0) q.set('compare', 'none');
  const text = q.toString();
  return '/hier?' + text.replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':');
}

/** The hours of « 22-6,12-14 » as from-to pairs. */
export function hour_ranges(text: string): [number, number][] {
  if (!text) return [];
  return text.split(',').map((part) => {
    const [from = 0, to = from + 1] = part.split('-').map(Number);
    return [from, to];
  });
}

export const no_filters: Pick<Question, 'cat' | 'src' | 'origin' | 'district' | 'wd' | 'hours' | 'sun'> = {
  cat: [],
  src: [],
  origin: [],
  district: [],
  wd: [],
  hours: '',
  sun: '',
};
export const has_filters = (v: Question): boolean =>
  v.cat.length + v.src.length + v.origin.length + v.district.length + v.wd.length > 0 || v.hours !== '' || v.sun !== '';

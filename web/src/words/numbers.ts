// Numbers and dates as people read them: `1 234,5`, `sam. 21 nov. 2026, 14 h 05`.
import { language, w } from './words.svelte';

const formats = new Map<string, Intl.NumberFormat>();
function format(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = language() + key;
  let made = formats.get(name);
  if (!made) formats.set(name, (made = new Intl.NumberFormat(w().locale, options)));
  return made;
}

export const whole = (n: number): string => format('whole', { maximumFractionDigits: 0 }).format(n);

/** A measure: three significant figures, never false precision. */
export function measured(n: number): string {
  const size = Math.abs(n);
  const digits = size >= 100 || Number.isInteger(n) ? 0 : size >= 10 ? 1 : 2;
  return format('m' + digits, { maximumFractionDigits: digits }).format(n);
}

export const percent = (share: number): string =>
  format('p' + (Math.abs(share) < 0.1 ? 1 : 0), {
    style: 'percent',
    maximumFractionDigits: Math.abs(share) < 0.1 ? 1 : 0,
  }).format(share);

/** +18 %, −3 %: a change always says its sign. */
export const signed = (change: number): string =>
  format('s', { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(change).replace('-', '−');
export const plain_percent = (change: number): string =>
  format('pp', { style: 'percent', maximumFractionDigits: 0 }).format(Math.abs(change));

const dates = new Map<string, Intl.DateTimeFormat>();
function date_format(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = language() + key;
  let made = dates.get(name);
  if (!made) dates.set(name, (made = new Intl.DateTimeFormat(language() === 'fr' ? 'fr-FR' : 'en-GB', options)));
  return made;
}
const utc = 'UTC';
const clock = (h: number, m: number): string =>
  language() === 'fr'
    ? `${h} h${m ? ' ' + String(m).padStart(2, '0') : ''}`
    : `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;

/** Local times of the city are carried as milliseconds that read right in UTC: no zone of the browser can move them. */
export const day_long = (ms: number): string =>
  date_format('dl', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: utc }).format(ms);
export const day_short = (ms: number): string =>
  date_format('ds', { day: 'numeric', month: 'short', year: 'numeric', timeZone: utc }).format(ms);
export const month_long = (ms: number): string => date_format('ml', { month: 'long', year: 'numeric', timeZone: utc }).format(ms);
export const month_short = (ms: number): string => date_format('ms', { month: 'short', timeZone: utc }).format(ms);
export const month_day = (ms: number): string => date_format('md', { day: 'numeric', month: 'short', timeZone: utc }).format(ms);
export const hour_of = (ms: number): string => clock(new Date(ms).getUTCHours(), new Date(ms).getUTCMinutes());
export const moment = (ms: number): string => `${day_long(ms)}, ${hour_of(ms)}`;

/** An instant of the interface: with an offset it is shown in the city's zone, without it is already local. */
export function instant(text: string, zone: string): string {
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(text)) return moment(Date.parse(text.length <= 10 ? text + 'T00:00Z' : text + 'Z'));
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(new Date(text));
  const part = (type: string) => Number(parts.find((x) => x.type === type)?.value ?? 0);
  const day = new Intl.DateTimeFormat(language() === 'fr' ? 'fr-FR' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: zone,
  }).format(new Date(text));
  return `${day}, ${clock(part('hour'), part('minute'))}`;
}

// The arithmetic of the time ribbon: which bars, which ticks, where an edge snaps. Pure, so that it can be reasoned about.
import type { Schemas } from '../api/client';
import { day_ms, day_of, hour_ms, months_later } from './question';

export interface Span {
  from: number;
  to: number;
}
export interface Bar {
  from: number;
  to: number;
  n: number;
}
export type Grain = 'day' | 'week' | 'month';
const bar_px_min = 3; // Thinner bars are noise: they are added up into weeks, then months.
export const snap_hours_below_ms = 11 * day_ms;
export const brush_px_min = 18;

export const clamp = (v: number, low: number, high: number): number => Math.min(Math.max(v, low), high);

function start_of(ms: number, grain: Grain): number {
  const day = Math.floor(ms / day_ms) * day_ms;
  if (grain === 'day') return day;
  const date = new Date(day);
  if (grain === 'week') return day - ((date.getUTCDay() + 6) % 7) * day_ms;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}
const next_of = (ms: number, grain: Grain): number =>
  grain === 'month' ? months_later(ms, 1) : ms + (grain === 'week' ? 7 : 1) * day_ms;

/** The bars to draw in a window of `width` pixels: the finest bins that leave a bar its width. */
export function bars_of(ribbon: Schemas['Series'], window: Span, width: number): { grain: Grain; bars: Bar[] } {
  const per_day = (width * day_ms) / (window.to - window.from);
  const wanted: Grain = per_day >= bar_px_min ? 'day' : per_day * 7 >= bar_px_min ? 'week' : 'month';
  const order: Grain[] = ['day', 'week', 'month'];
  const grain = order[Math.max(order.indexOf(wanted), order.indexOf(ribbon.bin))] ?? 'day';
  const first = day_of(ribbon.start);
  const bars: Bar[] = [];
  let at = first;
  for (const n of ribbon.counts) {
    const from = start_of(at, grain);
    const last = bars.at(-1);
    if (last && last.from === from) last.n += n;
    else bars.push({ from, to: next_of(from, grain), n });
    at = next_of(at, ribbon.bin);
  }
  return { grain, bars: bars.filter((b) => b.to > window.from && b.from < window.to) };
}

export interface Tick {
  at: number;
  kind: 'year' | 'month' | 'day' | 'hour';
}
/** Calendar ticks, at least `apart` pixels from one another. */
export function ticks_of(window: Span, width: number, apart = 56): Tick[] {
  const px = (ms: number) => (ms * width) / (window.to - window.from);
  const ticks: Tick[] = [];
  const push = (at: number, kind: Tick['kind']) => {
    if (at >= window.from && at <= window.to) ticks.push({ at, kind });
  };
  const month = 30.44 * day_ms;
  if (px(month) >= apart / 12) {
    const every = [1, 2, 3, 6, 12].find((k) => px(month * k) >= apart) ?? 12;
    if (px(day_ms) < apart / 7 || every > 1) {
      for (let at = start_of(window.from, 'month'); at <= window.to; at = months_later(at, 1)) {
        const m = new Date(at).getUTCMonth();
        if (m % every === 0) push(at, m === 0 ? 'year' : 'month');
      }
      return ticks;
    }
    if (px(hour_ms * 6) >= apart) {
      const hours = [1, 3, 6].find((k) => px(hour_ms * k) >= apart) ?? 6;
      for (let at = Math.floor(window.from / day_ms) * day_ms; at <= window.to; at += hours * hour_ms)
        push(at, at % day_ms === 0 ? 'day' : 'hour');
      return ticks;
    }
    const days = [1, 2, 7].find((k) => px(day_ms * k) >= apart) ?? 7;
    for (let at = start_of(window.from, days === 7 ? 'week' : 'day'); at <= window.to; at += days * day_ms) push(at, 'day');
    return ticks;
  }
  const years = [1, 2, 5, 10].find((k) => px(month * 12 * k) >= apart) ?? 10;
  const first = new Date(window.from).getUTCFullYear();
  for (let year = first; Date.UTC(year, 0, 1) <= window.to; year++) if (year % years === 0) push(Date.UTC(year, 0, 1), 'year');
  return ticks;
}

/** The grain of the brush: the day, or the hour when the window is short. */
export const unit_of = (window: Span): number => (window.to - window.from < snap_hours_below_ms ? hour_ms : day_ms);
export function snap(ms: number, window: Span): number {
  const unit = unit_of(window);
  return Math.round(ms / unit) * unit;
}

/** A window of `length` that keeps `about` where it is on screen, within `full`. */
export function zoomed(window: Span, full: Span, about: number, factor: number): Span {
  const length = clamp((window.to - window.from) * factor, 2 * day_ms, full.to - full.from);
  const share = (about - window.from) / (window.to - window.from);
  const from = clamp(about - share * length, full.from, full.to - length);
  return { from, to: from + length };
}

/** The window that shows a brush well: unchanged if it already does. */
export function window_for(brush: Span, window: Span, full: Span, width: number): Span {
  const length = brush.to - brush.from;
  const px = (length * width) / (window.to - window.from);
  const visible = brush.from >= window.from && brush.to <= window.to;
  if (visible && px >= brush_px_min) return window;
  const wanted = clamp(
    px < brush_px_min ? length * 6 : Math.max(window.to - window.from, length * 1.2),
    2 * day_ms,
    full.to - full.from,
  );
  const from = clamp(brush.from - (wanted - length) / 2, full.from, full.to - wanted);
  return { from, to: from + wanted };
}

export type Part = 'from' | 'to' | 'body' | 'new';

/** Where the brush is when `part` of it, grabbed at `anchor` while it was `grabbed`, has been dragged to `ms`. */
export function dragged(part: Part, ms: number, from_what: { grabbed: Span; anchor: number }, window: Span, span: Span): Span {
  const { grabbed, anchor } = from_what;
  const unit = unit_of(window);
  const at = clamp(snap(ms, window), span.from, span.to);
  if (part === 'from') return { from: Math.min(at, grabbed.to - unit), to: grabbed.to };
  if (part === 'to') return { from: grabbed.from, to: Math.max(at, grabbed.from + unit) };
  if (part === 'body') {
    const length = grabbed.to - grabbed.from;
    const from = clamp(snap(grabbed.from + ms - anchor, window), span.from, Math.max(span.from, span.to - length));
    return { from, to: from + length };
  }
  const start = clamp(snap(anchor, window), span.from, span.to - unit);
  return at > start ? { from: start, to: at } : { from: Math.min(at, start), to: start + (at < start ? 0 : unit) };
}

/** The brush after a key on one of its parts, or none when the key means nothing here. */
export function keyed(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  part: Part,
  b: Span,
  window: Span,
  span: Span,
): Span | null {
  const unit = unit_of(window);
  const small = event.shiftKey ? (unit === hour_ms ? day_ms : 7 * day_ms) : unit;
  const length = b.to - b.from;
  const ms = part === 'to' ? b.to : b.from;
  const moves: Record<string, number> = {
    ArrowLeft: ms - small,
    ArrowDown: ms - small,
    ArrowRight: ms + small,
    ArrowUp: ms + small,
    PageUp: months_later(ms, 1),
    PageDown: months_later(ms, -1),
    Home: part === 'to' ? b.from + unit : span.from,
    End: part === 'from' ? b.to - unit : part === 'to' ? span.to : span.to - length,
  };
  const at = moves[event.key];
  if (at === undefined) return null;
  if (part === 'from') return { from: clamp(at, span.from, b.to - unit), to: b.to };
  if (part === 'to') return { from: b.from, to: clamp(at, b.from + unit, span.to) };
  const from = clamp(at, span.from, Math.max(span.from, span.to - length));
  return { from, to: from + length };
}

// The bins of a series: where each begins, what it is called, and the words of its axis.
import type { Schemas } from '../api/client';
import { day_long, month_day, month_long, month_short } from '../words/numbers';
import { p } from '../words/words.svelte';
import { day_ms, day_of, months_later, type Bin } from './question';

type Series = Schemas['Series'];

/** Start of bin `i`, or the end of the last bin when `i` is their number. */
export function bin_start(series: Series, i: number): number {
  const first = day_of(series.start);
  return series.bin === 'month' ? months_later(first, i) : first + i * (series.bin === 'week' ? 7 : 1) * day_ms;
}
export const bin_starts = (series: Series): number[] => series.counts.map((_, i) => bin_start(series, i));
export const bin_name = (bin: Bin, ms: number): string =>
  bin === 'month' ? month_long(ms) : bin === 'week' ? p().series.week_of(day_long(ms)) : day_long(ms);

/** Weeks and months keep to the calendar: those at both ends may reach outside the period. */
export function has_partial_bins(series: Series, period: { from: number; to: number }): boolean {
  if (series.bin === 'day' || series.counts.length === 0) return false;
  return bin_start(series, 0) < period.from || bin_start(series, series.counts.length) > period.to;
}

/** One word under the axis; `span`: how much time the whole axis covers. */
export function axis_word(ms: number, span: number): string {
  const date = new Date(ms);
  if (span < 100 * day_ms) return month_day(ms);
  return date.getUTCMonth() === 0 && date.getUTCDate() < 8 ? String(date.getUTCFullYear()) : month_short(ms);
}

/** Where the axis of an image is marked: every so many days, or at the start of every so many months; 12 marks at most. */
export function time_marks(from: number, to: number): number[] {
  const most = 12;
  const span = to - from;
  const marks: number[] = [];
  if (span < 100 * day_ms) {
    const step = ([1, 2, 7, 14].find((days) => span / (days * day_ms) <= most) ?? 14) * day_ms;
    for (let at = Math.ceil(from / day_ms) * day_ms; at < to; at += step) marks.push(at);
    return marks;
  }
  const months = span / (30.4 * day_ms);
  const step = [1, 2, 3, 6, 12, 24, 60].find((n) => months / n <= most) ?? 120;
  const first = new Date(from);
  // Counted from year zero, so that a step of several months falls on the same months every year.
  const begin = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step;
  for (let month = begin; ; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12);
    if (at >= to) return marks;
    if (at >= from) marks.push(at);
  }
}

/** Marks of a count's axis from zero: round steps, whole numbers, the highest at or above `most`. */
export function count_marks(most: number, wanted = 5): number[] {
  const rough = Math.max(4, most) / wanted;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const step = power * ([1, 2, 5, 10].find((k) => k * power >= rough) ?? 10);
  return Array.from({ length: Math.ceil(Math.max(4, most) / step) + 1 }, (_, i) => i * step);
}

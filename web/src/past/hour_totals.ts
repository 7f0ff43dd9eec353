// The margins and the shades of the grid of hours: 168 counts, Monday 0 h first.

export const hours = Array.from({ length: 24 }, (_, h) => h);
export const days = Array.from({ length: 7 }, (_, d) => d);
export const count_at = (grid: readonly number[], day: number, hour: number): number => grid[day * 24 + hour] ?? 0;

export interface HourTotals {
  by_day: number[];
  by_hour: number[];
  total: number;
  most: number;
}
export function hour_totals(grid: readonly number[]): HourTotals {
  const by_day = days.map((d) => hours.reduce((sum, h) => sum + count_at(grid, d, h), 0));
  return {
    by_day,
    by_hour: hours.map((h) => days.reduce((sum, d) => sum + count_at(grid, d, h), 0)),
    total: by_day.reduce((a, b) => a + b, 0),
    most: Math.max(1, ...grid),
  };
}
/** Seven levels of equal width from zero. */
export const level_of = (n: number, most: number): number => (n === 0 ? 0 : Math.min(7, 1 + Math.floor((n / most) * 6.999)));

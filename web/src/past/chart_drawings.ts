// The charts of HIER drawn from their data, `drawing_width` wide: the body of an exported image, and the charts on paper.
//
//   series   key, curve over its comparison in grey, from zero, the highest bin named
//   hours    Monday to Sunday down, 0 to 23 h across, totals in the margins
//   bars     name | bar from zero, compared mark | facts | compared | change
import type { Schemas } from '../api/client';
import { day_of } from './question';
import { whole } from '../words/numbers';
import { p } from '../words/words.svelte';
import { breakdown, change_words, type Bar, type Breakdown } from './breakdowns';
import { count_at, days, hour_totals, hours, level_of } from './hour_totals';
import { axis_word, bin_name, bin_start, bin_starts, count_marks, has_partial_bins, time_marks } from './series_bins';
import { box, fitting, rounded, rule, text, width_of, wrapped, type Colours } from './svg_text';

export type Chart = 'series' | 'hours' | Breakdown;
export interface Drawing {
  height: number;
  body: string;
  /** The same in a sentence, for those who do not see it. */
  said: string;
  /** What must be known to read it rightly. */
  notes: string[];
}
export const charts: readonly Chart[] = ['series', 'hours', 'categories', 'origins', 'sources'];
export const drawing_width = 800;
const facts = (n: number): string => p().facts(whole(n), n);

/** Longer than on screen, where the page already says what is counted. */
export const chart_title = (chart: Chart, answer: Schemas['PastView']): string =>
  chart === 'series' ? p().series.title[answer.series.bin] : p().image.title[chart];
/** `compared_name`: what the comparison is called, or none when nothing is compared. */
export function drawing_of(chart: Chart, answer: Schemas['PastView'], compared_name: string, c: Colours): Drawing {
  if (chart === 'series') return series_drawing(answer, compared_name, c);
  if (chart === 'hours') return hours_drawing(answer, c);
  return bars_drawing(breakdown(answer, chart), compared_name, c);
}

interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (ms: number) => number;
  y: (n: number) => number;
}
function series_drawing(answer: Schemas['PastView'], compared_name: string, c: Colours): Drawing {
  const series = answer.series;
  const counts = series.counts;
  const before = answer.compared_series?.counts.slice(0, counts.length) ?? null;
  const marks = count_marks(Math.max(0, ...counts, ...(before ?? [])));
  const from = bin_start(series, 0);
  const to = bin_start(series, Math.max(1, counts.length));
  const left = 10 + width_of(whole(marks.at(-1) ?? 0), 12);
  const top = before ? 44 : 22;
  const plot: Plot = { left, right: drawing_width - 12, top, bottom: top + 224, x: () => 0, y: () => 0 };
  plot.x = (ms) => left + ((ms - from) / (to - from)) * (plot.right - left);
  plot.y = (n) => plot.bottom - (n / (marks.at(-1) ?? 1)) * (plot.bottom - plot.top);
  const now = p().series.shown;
  const body = [
    before ? key_line(0, now, c['--bar-in']) + key_line(46 + width_of(now, 13), compared_name, c['--compare']) : '',
    axes(plot, marks, from, to, c),
    before ? curve(before, series, plot, `stroke="${c['--compare']}" stroke-width="1.3" class="compared"`) : '',
    curve(counts, series, plot, `stroke="${c['--bar-in']}" stroke-width="1.8" class="now"`),
    counts.length < 40 ? dots(series, plot, c['--bar-in']) : '',
    value_labels(series, plot, c),
  ];
  const period = { from: day_of(answer.period.from), to: day_of(answer.period.to) };
  return {
    height: plot.bottom + 28,
    body: body.join(''),
    said: counts.length
      ? p().series.summary(whole(counts.length), whole(Math.min(...counts)), whole(Math.max(...counts)))
      : p().empty.none_title,
    notes: has_partial_bins(series, period) ? [p().series.partial] : [],
  };
}
function key_line(x: number, name: string, colour = ''): string {
  return rule(x, 9, x + 18, 9, colour, 2.5) + text(x + 24, 13, name, { size: 13, fill: 'currentColor' });
}
function axes(plot: Plot, marks: number[], from: number, to: number, c: Colours): string {
  const soft = c['--ink-soft'] ?? '';
  const across = marks.map((n) => {
    const y = plot.y(n);
    const words = text(plot.left - 8, y + 4, whole(n), { size: 12, fill: soft, anchor: 'end', role: 'count-mark' });
    return rule(plot.left, y, plot.right, y, (n === 0 ? c['--line-strong'] : c['--line']) ?? '') + words;
  });
  const along = time_marks(from, to).map((ms) => {
    const x = plot.x(ms);
    const words = axis_word(ms, to - from);
    const end = x + width_of(words, 12) / 2 > drawing_width;
    return (
      rule(x, plot.bottom, x, plot.bottom + 5, c['--line-strong'] ?? '') +
      text(end ? drawing_width : x, plot.bottom + 20, words, { size: 12, fill: soft, anchor: end ? 'end' : 'middle' })
    );
  });
  return across.join('') + along.join('');
}
/** Days are joined by a line through their middles; weeks and months are steps as long as they are. */
function curve(counts: number[], series: Schemas['Series'], plot: Plot, how: string): string {
  const path = counts.map((n, i) => {
    const a = plot.x(bin_start(series, i));
    const b = plot.x(bin_start(series, i + 1));
    const y = rounded(plot.y(n));
    const pen = i === 0 ? 'M' : 'L';
    return series.bin === 'day' ? `${pen}${rounded((a + b) / 2)} ${y}` : `${pen}${rounded(a)} ${y}L${rounded(b)} ${y}`;
  });
  return `<path d="${path.join('')}" fill="none" stroke-linejoin="round" ${how}/>`;
}
const middle = (series: Schemas['Series'], i: number, plot: Plot): number =>
  (plot.x(bin_start(series, i)) + plot.x(bin_start(series, i + 1))) / 2;
function dots(series: Schemas['Series'], plot: Plot, colour = ''): string {
  if (series.bin !== 'day') return '';
  return series.counts
    .map((n, i) => `<circle cx="${rounded(middle(series, i, plot))}" cy="${rounded(plot.y(n))}" r="2.5" fill="${colour}"/>`)
    .join('');
}
/** A few bins each carry their count; of many, the highest is named. */
function value_labels(series: Schemas['Series'], plot: Plot, c: Colours): string {
  const how = { size: 12, fill: c['--ink'] ?? '', halo: c['--surface'] ?? '', role: 'value' };
  const counts = series.counts;
  if (counts.length <= 16)
    return counts.map((n, i) => text(middle(series, i, plot), plot.y(n) - 8, whole(n), { ...how, anchor: 'middle' })).join('');
  const most = Math.max(...counts);
  const at = counts.indexOf(most);
  const words = p().said_of(bin_name(series.bin, bin_starts(series)[at] ?? 0), facts(most));
  const half = width_of(words, 12) / 2;
  const x = Math.min(Math.max(middle(series, at, plot), plot.left + half), plot.right - half);
  return text(x, plot.y(most) - 8, words, { ...how, anchor: 'middle' });
}

/** Ink on each level, light enough or dark enough to be read on it (7:1 at both ends of the ramp, 4.5:1 in the middle). */
const ink_on = (level: number, c: Colours): string => (level >= 5 ? '#ffffff' : level === 4 ? '#000000' : (c['--ink'] ?? ''));
const grid_left = 48;
const cell = { width: (drawing_width - grid_left - 66) / 24, height: 26 };
function hours_drawing(answer: Schemas['PastView'], c: Colours): Drawing {
  const grid = answer.hour_of_week;
  const totals = hour_totals(grid);
  const soft = c['--ink-soft'] ?? '';
  const x_of = (h: number) => grid_left + h * cell.width;
  const head = hours.map((h) => text(x_of(h) + cell.width / 2, 12, String(h), { size: 12, fill: soft, anchor: 'middle' }));
  head.push(text(drawing_width, 12, p().hours.total, { size: 12, fill: soft, anchor: 'end' }));
  const rows = days.map((d) => hour_row(grid, d, 20 + d * cell.height, totals.most, totals.by_day[d] ?? 0, c));
  const under = 20 + days.length * cell.height;
  const peak = grid.indexOf(Math.max(...grid));
  const by_day = answer.known_by_day;
  return {
    height: under + 94,
    body: [...head, ...rows, hour_columns(totals.by_hour, totals.total, under, c), scale(under + 78, c)].join(''),
    said: p().image.peak(
      p().hours.at(p().weekdays[Math.floor(peak / 24)] ?? '', String(peak % 24), facts(grid[peak] ?? 0)),
      facts(totals.total),
    ),
    notes: by_day > 0 ? [p().hours.by_day(whole(by_day), by_day)] : [],
  };
}
function hour_row(grid: number[], d: number, y: number, most: number, total: number, c: Colours): string {
  const base = y + cell.height / 2 + 4;
  const cells = hours.map((h) => {
    const n = count_at(grid, d, h);
    const level = level_of(n, most);
    const x = grid_left + h * cell.width;
    const fill = level === 0 ? c['--surface-sunk'] : c[`--level-${level}`];
    const size = fitting(whole(n), cell.width - 2, 11);
    return (
      box(x + 0.5, y + 0.5, cell.width - 1, cell.height - 1, fill ?? '') +
      text(x + cell.width / 2, base, whole(n), { size, fill: ink_on(level, c), anchor: 'middle', role: 'cell' })
    );
  });
  return (
    text(0, base, p().weekdays_short[d] ?? '', { size: 12, fill: c['--ink-soft'] ?? '' }) +
    cells.join('') +
    text(drawing_width, base, whole(total), { size: 13, fill: c['--ink'] ?? '', anchor: 'end', role: 'day-total' })
  );
}
function hour_columns(by_hour: number[], total: number, y: number, c: Colours): string {
  const most = Math.max(1, ...by_hour);
  // One size for the row: a smaller number must not look like a larger one.
  const size = Math.min(...by_hour.map((n) => fitting(whole(n), cell.width - 1, 11)));
  const columns = by_hour.map((n, h) => {
    const x = grid_left + h * cell.width;
    const height = (n / most) * 32;
    return (
      box(x + 0.5, y + 38 - height, cell.width - 1, height, c['--bar'] ?? '') +
      text(x + cell.width / 2, y + 52, whole(n), { size, fill: c['--ink'] ?? '', anchor: 'middle', role: 'hour-total' })
    );
  });
  const sum = { size: 13, fill: c['--ink'] ?? '', anchor: 'end', bold: true, role: 'total' } as const;
  return columns.join('') + text(drawing_width, y + 52, whole(total), sum);
}
function scale(y: number, c: Colours): string {
  const soft = { size: 12, fill: c['--ink-soft'] ?? '' };
  const start = grid_left + width_of(p().hours.least, 12) + 6;
  const steps = [1, 2, 3, 4, 5, 6, 7].map((k) => box(start + (k - 1) * 22, y - 1, 22, 11, c[`--level-${k}`] ?? ''));
  return text(grid_left, y + 9, p().hours.least, soft) + steps.join('') + text(start + 160, y + 9, p().hours.most, soft);
}

function bars_drawing(bars: Bar[], compared_name: string, c: Colours): Drawing {
  if (bars.length === 0) {
    const none = p().empty.none_title;
    return { height: 24, body: text(0, 14, none, { size: 13, fill: c['--ink'] ?? '' }), said: none, notes: [] };
  }
  const compared = bars.some((b) => b.compared !== null);
  const soft = c['--ink-soft'] ?? '';
  const names = Math.min(300, Math.max(60, ...bars.map((b) => width_of(b.name, 13)))) + 12;
  const columns = { n: drawing_width - (compared ? 178 : 0), compared: drawing_width - 76, change: drawing_width };
  const room = columns.n - names - 84;
  const most = Math.max(1, ...bars.map((b) => Math.max(b.n, b.compared ?? 0)));
  const head = (x: number, words: string) => text(x, 12, words, { size: 12, fill: soft, anchor: 'end' });
  const body = [head(columns.n, p().bars.n)];
  if (compared) body.push(head(columns.compared, p().bars.compared), head(columns.change, p().bars.change), mark_key());
  let y = 24;
  for (const bar of bars) {
    const lines = wrapped(bar.name, names - 12, 13);
    const height = 10 + lines.length * 16;
    const base = y + height / 2 + 4;
    lines.forEach((line, i) =>
      body.push(text(0, base + (i - (lines.length - 1) / 2) * 16, line, { size: 13, fill: c['--ink'] ?? '', role: 'name' })),
    );
    body.push(box(names, y + height / 2 - 6, (bar.n / most) * room, 12, c['--bar-in'] ?? '', ' class="now"'));
    body.push(text(columns.n, base, whole(bar.n), { size: 13, fill: c['--ink'] ?? '', anchor: 'end', role: 'value' }));
    if (bar.compared !== null) body.push(compared_mark(names + (bar.compared / most) * room, y + height / 2, c));
    if (bar.compared !== null)
      body.push(text(columns.compared, base, whole(bar.compared), { size: 13, fill: soft, anchor: 'end', role: 'compared' }));
    body.push(text(columns.change, base, change_words(bar), { size: 13, fill: soft, anchor: 'end', role: 'change' }));
    y += height;
  }
  body.push(rule(names, 22, names, y, c['--line-strong'] ?? ''));
  function mark_key(): string {
    return compared_mark(names + 4, 8, c) + text(names + 14, 12, compared_name, { size: 12, fill: soft });
  }
  return {
    height: y,
    body: body.join(''),
    said: bars.map((b) => p().said_of(b.name, facts(b.n))).join(p().apart),
    notes: [],
  };
}
/** The compared period: a mark, not a second bar, so that lengths are read from one zero. */
const compared_mark = (x: number, y: number, c: Colours): string =>
  box(x - 1.5, y - 9, 3, 18, c['--ink-soft'] ?? '', ` stroke="${c['--surface']}" stroke-width="1" class="then"`);

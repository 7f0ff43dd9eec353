// A chart as one standalone SVG text, made from the data and never from the screen: found alone in a report years later, it still
// says which city, what, when, filtered how, by whom, from which data.
//
//   CITY                                    small
//   Title                                   large
//   period : facts / compared / filters
//   [ synthetic data ]
//   the drawing
//   ---------------------------------------
//   how to read it, sources, licence, version, dates
import { drawing_width, type Drawing } from './chart_drawings';
import { box, escaped, font_stack, rounded, rule, text, wrapped, type Colours } from './svg_text';

/** Everything around the drawing, in words. */
export interface Stamp {
  language: string;
  city: string;
  period: string;
  compared: string | null;
  filters: string;
  synthetic: string | null;
  foot: string[];
}
export const margin = 32;
export const image_width = drawing_width + 2 * margin;

export function chart_image(title: string, drawing: Drawing, stamp: Stamp, c: Colours): string {
  const ink = c['--ink'] ?? '';
  const soft = c['--ink-soft'] ?? '';
  const parts: string[] = [];
  let y = margin + 10;
  const say = (words: string, size: number, fill: string, bold = false) => {
    for (const line of wrapped(words, drawing_width, size)) {
      parts.push(text(margin, y, line, { size, fill, bold }));
      y += Math.round(size * 1.45);
    }
  };
  say(stamp.city, 13, soft, true);
  y += 8;
  say(title, 22, ink, true);
  say(stamp.period, 14, ink);
  if (stamp.compared) say(stamp.compared, 14, soft);
  say(stamp.filters, 14, soft);
  if (stamp.synthetic) {
    parts.push(box(margin, y - 8, drawing_width, 26, c['--warn-wash'] ?? ''));
    parts.push(text(margin + 10, y + 10, stamp.synthetic, { size: 13, fill: c['--warn'] ?? '', bold: true }));
    y += 30;
  }
  y += 8;
  parts.push(`<g transform="translate(${margin} ${rounded(y)})" color="${ink}">${drawing.body}</g>`);
  y += drawing.height + 20;
  parts.push(rule(margin, y, margin + drawing_width, y, c['--line'] ?? ''));
  y += 20;
  for (const line of [...drawing.notes, ...stamp.foot]) say(line, 12, soft);
  const height = Math.round(y + margin - 20);
  const said = [drawing.said, stamp.period, stamp.compared, stamp.filters, stamp.synthetic, ...drawing.notes, ...stamp.foot];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${image_width}" height="${height}" viewBox="0 0 ${image_width} ${height}"` +
    ` xml:lang="${stamp.language}" role="img" font-family="${font_stack}" aria-labelledby="title desc">` +
    `<title id="title">${escaped(`${stamp.city}, ${title}`)}</title>` +
    `<desc id="desc">${escaped(said.filter((line) => line).join(' '))}</desc>` +
    box(0, 0, image_width, height, c['--surface'] ?? '') +
    parts.join('') +
    '</svg>'
  );
}

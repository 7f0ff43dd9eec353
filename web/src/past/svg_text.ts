// SVG written as text: what every drawing of a chart needs, and nothing that reads the screen.

/** Colour tokens and their values, as `--ink`. */
export type Colours = Readonly<Record<string, string>>;

// Named families first, so that a report looks alike where they are installed; an image may not carry a font of its own.
export const font_stack = "'Atkinson Hyperlegible Next', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
// Widths in the widest family of the stack: too much room is better than too little.
const letter_em = 0.62;
const thin_em = 0.34;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Words from files and people, made safe: XML refuses control characters even when they are escaped. */
export const escaped = (words: string): string =>
  words.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (c) => entities[c] ?? c);

const ems_of = (words: string): number =>
  words.length * letter_em - (words.match(/[\s.,:;|'’()iljtfr]/g)?.length ?? 0) * (letter_em - thin_em);
export const width_of = (words: string, size: number): number => ems_of(words) * size;
/** The largest size, at most `size`, at which the words fit the room. */
export const fitting = (words: string, room: number, size: number): number =>
  Math.min(size, room / Math.max(letter_em, ems_of(words)));
export const rounded = (v: number): string => String(Math.round(v * 10) / 10);

export function wrapped(words: string, room: number, size: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ')) {
    if (line && width_of(`${line} ${word}`, size) > room) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

export interface Lettering {
  size: number;
  fill: string;
  anchor?: 'middle' | 'end';
  bold?: boolean;
  /** A rim in this colour keeps words readable over lines. */
  halo?: string;
  role?: string;
}
export function text(x: number, y: number, words: string, how: Lettering): string {
  const anchor = how.anchor ? ` text-anchor="${how.anchor}"` : '';
  const weight = how.bold ? ' font-weight="600"' : '';
  const halo = how.halo ? ` stroke="${how.halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"` : '';
  const role = how.role ? ` class="${how.role}"` : '';
  return `<text x="${rounded(x)}" y="${rounded(y)}" font-size="${rounded(how.size)}" fill="${how.fill}"${anchor}${weight}${halo}${role}>${escaped(words)}</text>`;
}
export function box(x: number, y: number, width: number, height: number, fill: string, more = ''): string {
  return `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(Math.max(0, width))}" height="${rounded(Math.max(0, height))}" fill="${fill}"${more}/>`;
}
export function rule(x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): string {
  return `<line x1="${rounded(x1)}" y1="${rounded(y1)}" x2="${rounded(x2)}" y2="${rounded(y2)}" stroke="${stroke}" stroke-width="${width}"/>`;
}

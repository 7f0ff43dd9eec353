// Active filters in words, each with what removes it.
import { house } from '../frame/house.svelte';
import { label, p } from '../words/words.svelte';
import { hour_ranges, type View } from './question';

export interface Filter {
  key: string;
  words: string;
  without: Partial<View>;
}

function several(names: string[]): string {
  const [first = '', second] = names;
  if (names.length <= 1) return first;
  return names.length === 2 ? `${first}, ${second}` : p().chips.several(first, names.length - 1);
}

export function hours_words(text: string): string {
  return hour_ranges(text)
    .map(([from, to]) => `${from} h – ${to === 0 ? 24 : to} h`)
    .join(', ');
}

/** Runs of days as « lun. – ven. », single days by name. */
export function weekday_words(days: readonly number[]): string {
  const names = p().weekdays_short;
  const runs: [number, number][] = [];
  for (const d of days) {
    const last = runs.at(-1);
    if (last && last[1] === d - 1) last[1] = d;
    else runs.push([d, d]);
  }
  return runs
    .map(([a, b]) =>
      a === b ? names[a - 1] : b === a + 1 ? `${names[a - 1]}, ${names[b - 1]}` : `${names[a - 1]} – ${names[b - 1]}`,
    )
    .join(', ');
}

export function filter_words(v: View): Filter[] {
  const c = house.catalogue;
  const out: Filter[] = [];
  const named = <T extends { key: string }>(list: T[] | undefined, keys: string[], say: (t: T) => string) =>
    several(
      keys.map((k) => {
        const t = list?.find((x) => x.key === k);
        return t ? say(t) : k;
      }),
    );
  if (v.cat.length) out.push({ key: 'cat', words: named(c?.categories, v.cat, label), without: { cat: [] } });
  if (v.origin.length) out.push({ key: 'origin', words: named(c?.origins, v.origin, label), without: { origin: [] } });
  if (v.src.length) out.push({ key: 'src', words: named(c?.sources, v.src, (s) => s.label), without: { src: [] } });
  for (const code of v.district) {
    const name = c?.districts.find((d) => d.code === code)?.name ?? code;
    out.push({ key: 'district-' + code, words: name, without: { district: v.district.filter((d) => d !== code) } });
  }
  if (v.wd.length) out.push({ key: 'wd', words: weekday_words(v.wd), without: { wd: [] } });
  if (v.hours) out.push({ key: 'hours', words: hours_words(v.hours), without: { hours: '' } });
  if (v.sun) out.push({ key: 'sun', words: v.sun === 'day' ? p().rail.sun_day : p().rail.sun_night, without: { sun: '' } });
  return out;
}

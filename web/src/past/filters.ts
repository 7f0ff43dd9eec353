// Active filters in words, each with what removes it.
import { house } from '../frame/house.svelte';
import { label, p } from '../words/words.svelte';
import { hour_ranges, type View } from './question';

export interface Filter {
  key: string;
  /** What it is about: « Catégories ». */
  about: string;
  /** Short, for a chip: « Bruit et 3 autres ». */
  words: string;
  /** Every name, for what is read without the screen. */
  full: string;
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
  const rail = p().rail;
  const out: Filter[] = [];
  const add = (key: string, about: string, names: string[], without: Partial<View>) =>
    out.push({ key, about, words: several(names), full: names.join(', '), without });
  const named = <T extends { key: string }>(list: T[] | undefined, keys: string[], say: (t: T) => string) =>
    keys.map((k) => {
      const t = list?.find((x) => x.key === k);
      return t ? say(t) : k;
    });
  if (v.cat.length) add('cat', rail.categories, named(c?.categories, v.cat, label), { cat: [] });
  if (v.origin.length) add('origin', rail.origins, named(c?.origins, v.origin, label), { origin: [] });
  if (v.src.length)
    add(
      'src',
      rail.sources,
      named(c?.sources, v.src, (s) => s.label),
      { src: [] },
    );
  for (const code of v.district) {
    const name = c?.districts.find((d) => d.code === code)?.name ?? code;
    add('district-' + code, rail.districts, [name], { district: v.district.filter((d) => d !== code) });
  }
  if (v.wd.length) add('wd', rail.weekdays, [weekday_words(v.wd)], { wd: [] });
  if (v.hours) add('hours', rail.hours, [hours_words(v.hours)], { hours: '' });
  if (v.sun) add('sun', rail.sun, [v.sun === 'day' ? rail.sun_day : rail.sun_night], { sun: '' });
  return out;
}

/** All the filters, every name written out: « Catégories : Bruit, Dépôt sauvage ; Heures : 22 h – 6 h ». Empty without filters. */
export function filter_sentence(v: View): string {
  const by_subject = new Map<string, string[]>();
  for (const { about, full } of filter_words(v)) by_subject.set(about, [...(by_subject.get(about) ?? []), full]);
  return [...by_subject].map(([about, names]) => p().said_of(about, names.join(', '))).join(p().apart);
}

// The state of HIER. The address holds the view; this holds the answer to it, and what is being drawn before it settles.
import { ApiError, address, api, type Schemas } from '../api/client';
import { house } from '../frame/house.svelte';
import { go, place } from '../frame/router.svelte';
import { moment, whole } from '../words/numbers';
import { p } from '../words/words.svelte';
import { classes_of } from './classes';
import type { Outline } from './cells';
import { address_of, day_ms, day_of, hour_ms, months_later, parse, query_of, type View } from './question';
import { day_long } from '../words/numbers';

export interface Span {
  from: number;
  to: number;
}

class Past {
  view = $derived<View>(parse(place.search));
  /** The question alone: what decides whether something must be asked again. */
  question = $derived(address('/past/view', query_of(this.view)));
  answer = $state.raw<Schemas['PastView'] | null>(null);
  answered = $state('');
  loading = $state(false);
  error = $state.raw<ApiError | null>(null);
  /** The brush while it moves: drawn at once, asked when it settles. */
  draft = $state.raw<Span | null>(null);
  outlines = $state.raw<Record<string, GeoJSON.FeatureCollection>>({});
  outlines_loaded = $state(false);
  map_idle = $state(false);
  hovered = $state<number | null>(null);
  rail_open = $state(matchMedia('(min-width: 1101px)').matches);
  sheet = $state<'none' | 'filters' | 'details' | 'period'>('none');

  /** Everything the store covers, in local milliseconds. */
  span = $derived.by<Span | null>(() => {
    const data = house.city?.data;
    if (!data?.from || !data.to) return null;
    const from = Math.floor(day_of(data.from) / day_ms) * day_ms;
    const to = Math.ceil(day_of(data.to) / day_ms) * day_ms;
    return { from, to: Math.max(to, from + day_ms) };
  });
  /** The period in force: the one asked, or the default of the interface. */
  period = $derived.by<Span>(() => {
    const to = this.view.to ? day_of(this.view.to) : (this.span?.to ?? 0);
    const from = this.view.from ? day_of(this.view.from) : months_later(to, -12);
    return { from, to };
  });
  shown_period = $derived<Span>(this.draft ?? this.period);
  classes = $derived(this.answer ? classes_of(this.answer.places) : new Int8Array());
  /** Drawn with the answer to the question asked, nothing under way. */
  idle = $derived(!this.loading && this.answered === this.question && !this.draft);

  /** What the comparison is called. */
  compared_name = $derived(this.view.compare === 'year' ? p().map.compare_year : p().map.compare_previous);
  /** How much of the compared period the store covers. */
  compared_cover = $derived.by<'nothing' | 'part' | 'whole'>(() => {
    const compared = this.answer?.compared_period;
    if (!compared || this.answer?.compared_total === null) return 'nothing';
    if (!this.span || day_of(compared.from) >= this.span.from) return 'whole';
    return day_of(compared.to) <= this.span.from ? 'nothing' : 'part';
  });

  #under_way: AbortController | null = null;

  /** Changes the view. One history entry for a settled change; none for how it is looked at in passing. */
  set(change: Partial<View>, options: { replace?: boolean } = {}): void {
    const next = { ...this.view, ...change };
    if (next.measure === 'change' && next.compare === 'none') {
      if (change.compare === 'none') next.measure = 'count';
      else next.compare = 'previous';
    }
    // A selected cell means nothing on another grid.
    if (('cell' in change || 'unit' in change) && !('place' in change)) next.place = null;
    const to = address_of(next);
    if (to !== place.path + place.search) go(to, options);
  }

  async ask(): Promise<void> {
    this.#under_way?.abort();
    const control = (this.#under_way = new AbortController());
    const question = this.question;
    this.loading = true;
    this.error = null;
    try {
      const answer = await api.past(query_of(this.view), control.signal);
      this.answer = answer;
      this.answered = question;
      this.loading = false;
      house.said = p().announced(
        whole(answer.total),
        answer.total,
        period_words({ from: day_of(answer.period.from), to: day_of(answer.period.to) }),
      );
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') return;
      this.loading = false;
      if (!(cause instanceof ApiError)) throw cause;
      this.error = cause;
    }
  }

  async load_outlines(): Promise<void> {
    const keys = [...(house.city?.layers.map((l) => l.key) ?? []), ...(house.city?.has_districts ? ['districts'] : [])];
    const found: Record<string, GeoJSON.FeatureCollection> = {};
    await Promise.all(
      keys.map(async (key) => {
        try {
          found[key] = await api.boundaries(key);
        } catch (cause) {
          // A missing outline leaves a plainer map; the facts are still right.
          if (!(cause instanceof ApiError)) throw cause;
        }
      }),
    );
    this.outlines = found;
    this.outlines_loaded = true;
  }

  /** Outline of a district by its number. */
  outline_of = $derived.by(() => {
    const by_id = new Map<number, Outline>();
    for (const feature of this.outlines['districts']?.features ?? []) {
      const id = Number(feature.properties?.['id'] ?? feature.id);
      by_id.set(id, feature as Outline);
    }
    return by_id;
  });

  /** Index of the selected place in the answer, or -1. */
  selected = $derived.by(() => (this.answer && this.view.place ? index_of(this.answer.places, this.view.place) : -1));

  /** Places from the most facts to the least: the order of J and K. */
  ranking = $derived.by(() => {
    const places = this.answer?.places;
    if (!places) return [];
    return places.n
      .map((n, i) => ({ n: n ?? -1, i }))
      .filter((x) => x.n > 0)
      .sort((a, b) => b.n - a.n || a.i - b.i)
      .map((x) => x.i);
  });
  step_selection(by: 1 | -1): void {
    const order = this.ranking;
    if (!this.answer || order.length === 0) return;
    const at = order.indexOf(this.selected);
    const next = order[at < 0 ? (by > 0 ? 0 : order.length - 1) : (at + by + order.length) % order.length];
    if (next !== undefined) this.set({ place: key_of(this.answer.places, next) }, { replace: at >= 0 });
  }
  /** The same length of time, one period earlier or later, within what the store covers. */
  shift_period(by: 1 | -1): void {
    if (!this.span) return;
    const length = this.period.to - this.period.from;
    const from = Math.min(
      Math.max(this.period.from + by * length, this.span.from),
      Math.max(this.span.from, this.span.to - length),
    );
    this.set_period({ from, to: from + length });
  }
  set_period(span: Span): void {
    this.draft = null;
    this.set({ from: local(span.from), to: local(span.to) });
  }
}
const local = (ms: number): string => {
  const text = new Date(Math.round(ms / hour_ms) * hour_ms).toISOString();
  return text.slice(11, 13) === '00' ? text.slice(0, 10) : text.slice(0, 13);
};

/** « du ven. 21 nov. 2025 au sam. 21 nov. 2026 »: the last day is the last one counted. */
export function period_words(span: Span): string {
  const whole_days = span.from % day_ms === 0 && span.to % day_ms === 0;
  if (whole_days && span.to - span.from <= day_ms) return p().on_day(day_long(span.from));
  if (whole_days) return p().between(day_long(span.from), day_long(span.to - day_ms));
  return p().between(moment(span.from), moment(span.to));
}

export function key_of(places: Schemas['Places'], i: number): string {
  if (places.unit === 'cells') return `${places.column[i]}.${places.row[i]}`;
  return house.catalogue?.districts.find((d) => d.id === places.district[i])?.code ?? String(places.district[i]);
}
export function index_of(places: Schemas['Places'], key: string): number {
  if (places.unit === 'cells') {
    const [column, row] = key.split('.').map(Number);
    return places.column.findIndex((c, i) => c === column && places.row[i] === row);
  }
  const id = house.catalogue?.districts.find((d) => d.code === key)?.id;
  return id === undefined ? -1 : places.district.indexOf(id);
}

export const past = new Past();

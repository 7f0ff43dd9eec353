// Playback: counts by place for successive steps, shown one after the other on the map.
import { ApiError, address, api, type Schemas } from '../api/client';
import { class_of, few, limits_for, nothing } from './classes';
import { past } from './past.svelte';
import { day_ms, day_of, hour_ms, months_later, query_of, type Step } from './question';

export const steps: Step[] = ['hour', 'day', 'week', 'month'];
export const speeds = [1, 2, 4, 8] as const;
const frames_max = 800; // The server's bound on one playback.
const step_ms: Record<Step, number> = { hour: hour_ms, day: day_ms, week: 7 * day_ms, month: 30.44 * day_ms };

class Play {
  frames = $state.raw<Schemas['Frames'] | null>(null);
  asked = '';
  index = $state(0);
  playing = $state(false);
  speed = $state<number>(4);
  loading = $state(false);
  error = $state.raw<ApiError | null>(null);
  /** Known counts of all steps up to each: kept so that a cumulated frame costs one pass. */
  breaks = $derived.by(() => {
    if (!this.frames) return [];
    if (!past.view.cumulative) return limits_for(this.frames.count_of.filter((n): n is number => n !== null));
    const sums = new Array<number>(this.places).fill(0);
    this.frames.count_of.forEach(
      (n, e) => (sums[this.frames?.place_of[e] ?? 0] = (sums[this.frames?.place_of[e] ?? 0] ?? 0) + (n ?? 0)),
    );
    return limits_for(sums);
  });
  places = $derived(this.frames ? (this.frames.unit === 'cells' ? this.frames.column.length : this.frames.district.length) : 0);
  /** Where the entries of each step begin. */
  #starts = $derived.by(() => {
    const starts = new Uint32Array((this.frames?.steps.length ?? 0) + 1);
    for (const s of this.frames?.step_of ?? []) starts[s + 1] = (starts[s + 1] ?? 0) + 1;
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    return starts;
  });
  /** The frame shown: a class for each place, and what is known of the whole. */
  frame = $derived.by(() => {
    const classes = new Int8Array(this.places).fill(nothing);
    const sums = new Uint32Array(this.places);
    let hidden = 0;
    if (!this.frames) return { classes, sums, hidden, total: 0 };
    const begin = past.view.cumulative ? 0 : (this.#starts[this.index] ?? 0);
    const end = this.#starts[this.index + 1] ?? 0;
    let total = 0;
    for (let e = begin; e < end; e++) {
      const at = this.frames.place_of[e] ?? 0;
      const n = this.frames.count_of[e];
      if (n === null || n === undefined) {
        if (classes[at] === nothing) classes[at] = few;
        hidden++;
      } else {
        sums[at] = (sums[at] ?? 0) + n;
        total += n;
      }
    }
    for (let i = 0; i < sums.length; i++) if (sums[i]) classes[i] = class_of(sums[i] as number, this.breaks);
    return { classes, sums, hidden, total };
  });
  /** Nearly every count of this playback is too small to show. */
  thin = $derived.by(() => {
    const counts = this.frames?.count_of ?? [];
    return counts.length > 0 && counts.filter((n) => n === null).length > counts.length * 0.9;
  });

  /** How many frames a step would give. */
  frames_at(step: Step): number {
    return Math.ceil((past.period.to - past.period.from) / step_ms[step]) + 1;
  }
  fits = (step: Step): boolean => this.frames_at(step) <= frames_max;
  /** The step that gives a few dozen frames. */
  best_step(): Step {
    return steps.find((s) => this.frames_at(s) <= 92) ?? 'month';
  }

  open(): void {
    past.set({ step: this.best_step(), at: null, show: 'map' });
    this.playing = true;
  }
  close(): void {
    this.playing = false;
    this.frames = null;
    this.asked = '';
    past.set({ step: null, at: null, cumulative: false });
  }

  async ask(): Promise<void> {
    const step = past.view.step;
    if (!step) return;
    const query = { ...query_of({ ...past.view, measure: 'count', compare: 'none', bin: 'day' }), step };
    const asked = address('/past/frames', query);
    if (asked === this.asked && this.frames) return;
    this.asked = asked;
    this.loading = true;
    this.error = null;
    try {
      const frames = await api.frames(query, new AbortController().signal);
      if (asked !== this.asked) return;
      this.frames = frames;
      const at = past.view.at ? frames.steps.findIndex((s) => day_of(s) >= day_of(past.view.at ?? '')) : 0;
      this.index = Math.max(0, at);
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      this.error = cause;
      this.frames = null;
      this.playing = false;
    } finally {
      if (asked === this.asked) this.loading = false;
    }
  }
  forget(): void {
    this.playing = false;
    this.frames = null;
    this.asked = '';
  }
  pause(): void {
    this.playing = false;
    const at = this.frames?.steps[this.index];
    if (at) past.set({ at }, { replace: true });
  }
  toggle(): void {
    if (!past.view.step) this.open();
    else if (this.playing) this.pause();
    else {
      if (this.frames && this.index >= this.frames.steps.length - 1) this.index = 0;
      this.playing = true;
    }
  }
  /** One step on; stops at the end. */
  advance(): void {
    if (!this.frames) return;
    if (this.index >= this.frames.steps.length - 1) this.pause();
    else this.index++;
  }
  /** The span of the step shown, in local milliseconds. */
  step_span = $derived.by(() => {
    const start = this.frames?.steps[this.index];
    if (!start || !this.frames) return null;
    const from = day_of(start);
    const to = this.frames.step === 'month' ? months_later(from, 1) : from + step_ms[this.frames.step];
    return { from, to };
  });
}

export const play = new Play();

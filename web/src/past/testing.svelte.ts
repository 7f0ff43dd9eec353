// What the browser suite may ask: the question in force, whether all is drawn, the counts on screen. Read only.
import { past } from './past.svelte';
import { play } from './play.svelte';

declare global {
  interface Window {
    __vigie?: { readonly state: object };
  }
}

/** Said once in the first address: the map then keeps its pixels so that a test can count colours. */
export const testing = new URLSearchParams(location.search).get('test') === '1';

export function expose(): void {
  window.__vigie = {
    get state() {
      const places = past.answer?.places;
      return {
        question: past.question,
        idle: past.idle,
        map_idle: past.map_idle,
        total: past.answer?.total ?? null,
        places: places?.n.length ?? 0,
        coloured: past.classes.filter((k) => k >= 0).length,
        few: past.classes.filter((k) => k === -1).length,
        breaks: places?.breaks ?? [],
        selected: past.view.place,
        frame: play.frames ? play.index : null,
        frames: play.frames?.steps.length ?? 0,
        playing: play.playing,
      };
    },
  };
}

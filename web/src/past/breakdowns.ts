// Facts by category, by how they are known, by source: the same bars on screen, on paper and in an image.
import type { Schemas } from '../api/client';
import { house } from '../frame/house.svelte';
import { signed } from '../words/numbers';
import { label } from '../words/words.svelte';

export type Breakdown = 'categories' | 'origins' | 'sources';
export interface Bar {
  key: string;
  name: string;
  n: number;
  compared: number | null;
}

export function breakdown(answer: Schemas['PastView'], what: Breakdown): Bar[] {
  return answer[what].map((part) => {
    const source = house.catalogue?.sources.find((x) => x.id === part.id);
    const thing = what === 'sources' ? undefined : house.catalogue?.[what].find((x) => x.id === part.id);
    const named = what === 'sources' ? source : thing;
    const name = what === 'sources' ? source?.label : thing && label(thing);
    return { key: named?.key ?? String(part.id), name: name ?? String(part.id), n: part.n, compared: part.compared };
  });
}

/** Under 30 facts in all, a change in percent says nothing. */
export const change_words = (bar: Bar): string =>
  bar.compared !== null && bar.compared > 0 && bar.n + bar.compared >= 30 ? signed(bar.n / bar.compared - 1) : '';

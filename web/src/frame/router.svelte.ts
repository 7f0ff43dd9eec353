// Where we are. The address is the state: every page has its own, and the browser's back button does what it says.

class Place {
  path = $state(location.pathname);
  search = $state(location.search);
  /** How many of our own entries lie behind this one: whether there is something to undo. */
  depth = $state(depth_of(history.state));
}
function depth_of(state: unknown): number {
  const depth = (state as { depth?: unknown } | null)?.depth;
  return typeof depth === 'number' ? depth : 0;
}

export const place = new Place();

export function go(to: string, options: { replace?: boolean } = {}): void {
  const depth = options.replace ? place.depth : place.depth + 1;
  if (options.replace) history.replaceState({ depth }, '', to);
  else history.pushState({ depth }, '', to);
  settle();
}
function settle(): void {
  place.path = location.pathname;
  place.search = location.search;
  place.depth = depth_of(history.state);
}
addEventListener('popstate', settle);

/** Turns plain clicks on our own links into navigation without a reload; everything else is left to the browser. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || link.origin !== location.origin || link.hasAttribute('download') || link.target) return;
  if (link.pathname.startsWith('/api/') || link.getAttribute('href')?.startsWith('#')) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

/** A path of this site to return to after signing in; anything else is the first page. */
export function safe_return(wanted: string | null): string {
  if (!wanted || !/^\/(?![/\\])/.test(wanted) || wanted.startsWith('/connexion')) return '/hier';
  return wanted;
}

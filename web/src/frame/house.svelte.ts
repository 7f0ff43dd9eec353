// What every page knows: who I am, which city this is, its catalogue, the theme.
import { ApiError, api, rememberCsrf, whenSessionEnds, type Schemas } from '../api/client';
import { keep } from '../words/words.svelte';
import { go, place } from './router.svelte';

export type Theme = 'light' | 'dark' | 'system';
const dark = matchMedia('(prefers-color-scheme: dark)');

const exporters: string[] = ['analyst', 'planner', 'dpo'] satisfies Schemas['Session']['role'][];

class House {
  session = $state.raw<Schemas['Session'] | null>(null);
  city = $state.raw<Schemas['City'] | null>(null);
  catalogue = $state.raw<Schemas['Catalogue'] | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** False until the first answer about the session: nothing is drawn that could be wrong. */
  ready = $state(false);
  /** The session ended under our feet: said on the sign-in page. */
  ended = $state(false);
  theme = $state<Theme>(theme_kept());
  /** The theme in force, after asking the device. */
  shade = $state<'light' | 'dark'>(document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');
  /** The page is being printed. */
  on_paper = $state(false);
  /** Said politely by screen readers. */
  said = $state('');
  /** The list of keyboard shortcuts is open. */
  helping = $state(false);

  /** The server decides; this only spares a click that it would refuse (governance/roles.cpp). */
  may_export = $derived(exporters.includes(this.session?.role ?? ''));

  async open(): Promise<void> {
    this.error = null;
    try {
      this.#enter(await api.session());
      if (!this.session?.must_change_password) await this.load();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      if (cause.code !== 'sign_in_required' && cause.code !== 'must_change_password') this.error = cause;
    }
    this.ready = true;
  }

  async load(): Promise<void> {
    const [city, catalogue] = await Promise.all([api.city(), api.catalogue()]);
    this.city = city;
    this.catalogue = catalogue;
  }

  async sign_in(body: Schemas['SignIn']): Promise<void> {
    this.#enter(await api.signIn(body));
    this.ended = false;
    if (!this.session?.must_change_password) await this.load();
  }

  async sign_out(): Promise<void> {
    try {
      await api.signOut();
    } finally {
      this.leave();
      go('/connexion');
    }
  }

  /** Forgets everything that was read under the session. */
  leave(): void {
    this.session = null;
    this.catalogue = null;
    rememberCsrf('');
  }

  password_changed(): void {
    if (this.session) this.session = { ...this.session, must_change_password: false };
  }

  #enter(session: Schemas['Session']): void {
    this.session = session;
    rememberCsrf(session.csrf);
  }

  set_theme(to: Theme): void {
    this.theme = to;
    keep('vigie.theme', to);
    this.apply_theme();
  }
  /** Paper is light, and drawn for a page. */
  lay_on_paper(on: boolean): void {
    this.on_paper = on;
    this.apply_theme();
  }
  apply_theme(): void {
    const wants_dark = this.theme === 'dark' || (this.theme === 'system' && dark.matches);
    this.shade = wants_dark && !this.on_paper ? 'dark' : 'light';
    document.documentElement.dataset.theme = this.shade;
  }
}
function theme_kept(): Theme {
  try {
    const kept = localStorage.getItem('vigie.theme');
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

export const house = new House();
dark.addEventListener('change', () => house.apply_theme());
// The event comes in time to draw before the page is taken; the query also follows a preview in the browser's tools.
addEventListener('beforeprint', () => house.lay_on_paper(true));
addEventListener('afterprint', () => house.lay_on_paper(false));
matchMedia('print').addEventListener('change', (event) => house.lay_on_paper(event.matches));

whenSessionEnds((code) => {
  if (code === 'must_change_password') {
    if (place.path !== '/motdepasse')
      go(`/motdepasse?retour=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
    return;
  }
  if (house.session) house.ended = true;
  house.leave();
  if (place.path !== '/connexion')
    go(`/connexion?retour=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
});

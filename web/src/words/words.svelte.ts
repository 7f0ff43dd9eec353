// The words in force. One dictionary a language; `w()` is read in markup, so that a change of language redraws everything.
import { speak } from '../api/client';
import { en } from './en';
import { en_past } from './en_past';
import { fr } from './fr';
import { fr_past } from './fr_past';

export type Language = 'fr' | 'en';
const all = { fr: { ...fr, past_screen: fr_past }, en: { ...en, past_screen: en_past } };

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be forbidden: the choice then lasts until the page is closed.
  }
}

class Tongue {
  language = $state<Language>(kept('vigie.language') === 'en' ? 'en' : 'fr');
}
const tongue = new Tongue();
speak(tongue.language);

export const language = (): Language => tongue.language;
export const w = () => all[tongue.language];
export const p = () => all[tongue.language].past_screen;

export function switch_language(to: Language): void {
  tongue.language = to;
  document.documentElement.lang = to;
  speak(to);
  keep('vigie.language', to);
}

/** The label of a thing that carries both languages. */
export function label(thing: { label_fr: string; label_en: string } | undefined): string {
  if (!thing) return '?';
  return tongue.language === 'fr' ? thing.label_fr : thing.label_en || thing.label_fr;
}

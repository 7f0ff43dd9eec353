// What is said around a chart that leaves the screen, in an image or on paper.
import type { Schemas } from '../api/client';
import { house } from '../frame/house.svelte';
import { instant, whole } from '../words/numbers';
import { language, p, w } from '../words/words.svelte';
import type { Stamp } from './chart_image';
import { filter_sentence } from './filters';
import { past, period_words } from './past.svelte';
import { day_of } from './question';

const span_words = (period: { from: string; to: string }): string =>
  period_words({ from: day_of(period.from), to: day_of(period.to) });

function compared_sentence(answer: Schemas['PastView']): string | null {
  if (!answer.compared_period || answer.compared_total === null) return null;
  const said = p().image.compared(
    past.compared_name,
    span_words(answer.compared_period),
    p().facts(whole(answer.compared_total), answer.compared_total),
  );
  return past.compared_cover === 'whole'
    ? said
    : `${said} (${past.compared_cover === 'part' ? p().compared.partial : p().compared.nothing})`;
}

/** One licence for all sources is said once; several are said with their source. */
function licence_sentence(answer: Schemas['PastView']): string {
  const shown = (house.catalogue?.sources ?? []).filter(
    (s) => s.licence && answer.sources.some((part) => part.id === s.id && part.n > 0),
  );
  const licences = new Set(shown.map((s) => s.licence));
  const list = licences.size <= 1 ? [...licences] : shown.map((s) => p().said_of(s.label, s.licence));
  return list.length ? p().said_of(p().image.licence, list.join(p().apart)) : '';
}

/** `at`: when the image or the page is made, as an ISO instant. */
export function stamp_of(answer: Schemas['PastView'], at: string): Stamp {
  const zone = house.city?.zone ?? 'UTC';
  const filters = filter_sentence(past.view);
  return {
    language: language(),
    city: house.city?.name ?? '',
    period: p().announced(whole(answer.total), answer.total, span_words(answer.period)),
    compared: compared_sentence(answer),
    filters: filters ? p().said_of(p().image.filters, filters) : p().image.no_filters,
    synthetic: house.city?.synthetic ? w().bar.synthetic : null,
    foot: [
      p().why.limit_reporting,
      ...answer.attributions,
      licence_sentence(answer),
      p().image.version(answer.data_version, instant(answer.generated_at, zone)),
      p().image.made(instant(at, zone), house.city?.program_version ?? ''),
    ].filter((line) => line !== ''),
  };
}

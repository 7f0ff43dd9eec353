// Exports of the fake server: the same table as on screen, with a stamp. XLSX is left to the real server.
import { catalogue } from './city.mjs';

export function table(view, q) {
  const what = q.get('what');
  const format = q.get('format');
  const comma = q.get('lang') !== 'en';
  const number = (v) => (v === null ? '' : comma ? String(v).replace('.', ',') : String(v));
  let head;
  let rows;
  if (what === 'series') {
    head = ['debut', 'n'];
    const step = { day: 1, week: 7 }[view.series.bin];
    rows = view.series.counts.map((n, i) => {
      const d = new Date(view.series.start + 'T00:00:00Z');
      if (step) d.setUTCDate(d.getUTCDate() + i * step);
      else d.setUTCMonth(d.getUTCMonth() + i);
      return [d.toISOString().slice(0, 10), number(n)];
    });
  } else if (what === 'hours') {
    head = ['jour', 'heure', 'n'];
    rows = view.hour_of_week.map((n, i) => [Math.floor(i / 24) + 1, i % 24, number(n)]);
  } else if (what === 'categories') {
    head = ['categorie', 'n', 'compare'];
    rows = view.categories.map((b) => [catalogue.categories[b.id].label_fr, number(b.n), number(b.compared)]);
  } else {
    const p = view.places;
    const cells = p.unit === 'cells';
    head = [...(cells ? ['x', 'y'] : ['code', 'nom']), 'n', 'compare', 'valeur', 'bas', 'haut', 'trop_faible'];
    rows = p.n.map((n, i) => [
      ...(cells
        ? [p.column[i] * p.cell_m, p.row[i] * p.cell_m]
        : [catalogue.districts[p.district[i]].code, catalogue.districts[p.district[i]].name]),
      number(n),
      number(p.compared[i]),
      number(p.value[i]),
      number(p.low[i]),
      number(p.high[i]),
      p.few[i] ? 1 : 0,
    ]);
  }
  const stamp = [
    `# Vigie, ${what}, du ${view.period.from} au ${view.period.to} exclu, filtres ${view.filters}, version ${view.data_version}, données synthétiques`,
  ];
  if (format === 'geojson') {
    const features = rows.map((r) => ({
      type: 'Feature',
      properties: Object.fromEntries(head.map((h, i) => [h, r[i]])),
      geometry: null,
    }));
    return {
      name: `vigie_${what}.geojson`,
      type: 'application/geo+json',
      rows: rows.length,
      body: JSON.stringify({ type: 'FeatureCollection', stamp, features }),
    };
  }
  const separator = comma ? ';' : ',';
  const body = [...stamp, head.join(separator), ...rows.map((r) => r.join(separator))].join('\r\n') + '\r\n';
  return { name: `vigie_${what}.${format}`, type: 'text/csv; charset=utf-8', rows: rows.length, body };
}

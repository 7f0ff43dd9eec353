// Invented facts and the questions asked of them. Deterministic: the same seed always gives the same city.
import { catalogue, city, districts, forward, inverse, weights } from './city.mjs';

const day_ms = 86400000;
const first = Date.UTC(2023, 10, 22) / day_ms;
const last = Date.UTC(2026, 10, 21) / day_ms;

function generator(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
function inside(geometry, [x, y]) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let odd = false;
  for (const rings of polygons)
    for (const ring of rings)
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i];
        const [xj, yj] = ring[j];
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
      }
  return odd;
}

function choose(cumulated, u) {
  let low = 0;
  let high = cumulated.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulated[middle] < u) low = middle + 1;
    else high = middle;
  }
  return low;
}
function cumulate(list) {
  let sum = 0;
  const total = list.reduce((a, b) => a + b, 0);
  return list.map((w) => (sum += w) / total);
}

const random = generator(20261121);
const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const spots = districts.map((d) => {
  const list = [];
  for (let k = 0; k < 14; k++) {
    let p = d.label;
    for (let tries = 0; tries < 30; tries++) {
      const q = [d.label[0] + gauss() * 0.008, d.label[1] + gauss() * 0.006];
      if (inside(d.geometry, q)) {
        p = q;
        break;
      }
    }
    list.push(p);
  }
  return list;
});
const pull = cumulate(
  districts.map((d) => {
    const far = Math.hypot((d.label[0] - 5.378) * 0.73, d.label[1] - 43.297);
    return (0.25 + Math.exp(-far * 32) * 3) * (0.5 + random()) * Math.min(2, Math.sqrt(d.area_km2));
  }),
);
const kinds = cumulate(weights);
const by_hour = [6, 4, 3, 2, 2, 2, 3, 5, 8, 9, 9, 10, 11, 10, 10, 11, 13, 15, 17, 18, 17, 16, 14, 10];
const hours = cumulate(by_hour);

const facts = [];
for (let day = first; day < last; day++) {
  const date = new Date(day * day_ms);
  const season = 1 + 0.22 * Math.sin(((date.getUTCMonth() - 3) / 12) * 2 * Math.PI);
  const week = [1, 0.95, 0.95, 1, 1.15, 1.3, 1.1][(date.getUTCDay() + 6) % 7];
  const feast = date.getUTCMonth() === 6 && date.getUTCDate() === 14 ? 2.4 : 1;
  const growth = 1 + 0.1 * ((day - first) / (last - first)) + (day > last - 130 ? 0.14 : 0);
  const mean = 58 * season * week * feast * growth;
  const count = Math.max(0, Math.round(mean + gauss() * Math.sqrt(mean)));
  for (let i = 0; i < count; i++) {
    const district = choose(pull, random());
    const category = choose(kinds, random());
    const [lon, lat] = spots[district][Math.floor(random() ** 2.2 * spots[district].length)];
    const p = [lon + gauss() * 0.0011, lat + gauss() * 0.0008];
    const [x, y] = forward(p);
    const night = [8, 9, 10].includes(category);
    let hour = choose(hours, random());
    if (night && random() < 0.5) hour = (21 + Math.floor(random() * 6)) % 24;
    const source = category >= 11 ? 2 : category === 8 && random() < 0.25 ? 3 : random() < 0.55 ? 1 : 0;
    facts.push({
      t: day * 24 + hour,
      x: random() < 0.012 ? NaN : x,
      y,
      district,
      category,
      source,
      origin: [2, 1, 0, 3][source],
      coarse: random() < 0.02,
    });
  }
}
city.data.events = facts.length;

function local(text, fallback) {
  if (!text) return fallback;
  const [d, h] = text.split('T');
  const ms = Date.parse(d + 'T00:00:00Z');
  if (Number.isNaN(ms)) throw { status: 400, code: 'invalid_input', parameter: 'from', detail: `Date illisible : « ${text} ».` };
  return ms / 3600000 + (h ? Number(h.slice(0, 2)) : 0);
}
export function spell(hour) {
  const text = new Date(hour * 3600000).toISOString();
  return hour % 24 === 0 ? text.slice(0, 10) : text.slice(0, 13);
}
function wanted(text, keys) {
  if (!text) return null;
  return new Set(text.split(',').map((k) => keys.indexOf(k)));
}
function ranges(text, modulo) {
  if (!text) return null;
  const set = new Set();
  for (const part of text.split(',')) {
    const [a, b] = part.split('-').map(Number);
    if (modulo === 24) for (let h = a; h !== (b ?? a + 1) % 24; h = (h + 1) % 24) set.add(h);
    else for (let w = a; w <= (b ?? a); w++) set.add(w - 1);
  }
  return set;
}

export function question(q) {
  const to = local(q.get('to'), last * 24);
  const twelve = new Date((to / 24) * day_ms);
  twelve.setUTCFullYear(twelve.getUTCFullYear() - 1);
  const from = local(q.get('from'), Math.floor(twelve.getTime() / 3600000));
  if (from >= to)
    throw { status: 400, code: 'invalid_input', parameter: 'from', detail: 'La période est vide : la fin doit suivre le début.' };
  return {
    from,
    to,
    cat: wanted(
      q.get('cat'),
      catalogue.categories.map((c) => c.key),
    ),
    src: wanted(
      q.get('src'),
      catalogue.sources.map((c) => c.key),
    ),
    origin: wanted(
      q.get('origin'),
      catalogue.origins.map((c) => c.key),
    ),
    district: wanted(
      q.get('district'),
      districts.map((c) => c.code),
    ),
    wd: ranges(q.get('wd'), 7),
    hours: ranges(q.get('hours'), 24),
    sun: q.get('sun'),
    unit: q.get('unit') ?? 'cells',
    cell: Number(q.get('cell') ?? 200),
    measure: q.get('measure') ?? 'count',
    compare: q.get('compare') ?? 'none',
    bin: q.get('bin') ?? 'day',
  };
}

function kept(f, q) {
  if (q.cat && !q.cat.has(f.category)) return false;
  if (q.src && !q.src.has(f.source)) return false;
  if (q.origin && !q.origin.has(f.origin)) return false;
  if (q.district && !q.district.has(f.district)) return false;
  const hour = f.t % 24;
  if (q.wd && !q.wd.has((Math.floor(f.t / 24) + 3) % 7)) return false;
  if (q.hours && (f.coarse || !q.hours.has(hour))) return false;
  if (q.sun && (hour >= 7 && hour < 19 ? 'day' : 'night') !== q.sun) return false;
  return true;
}

function bin_of(hour, bin) {
  const day = Math.floor(hour / 24);
  if (bin === 'day') return day;
  if (bin === 'week') return Math.floor((day + 3) / 7);
  const date = new Date(day * day_ms);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
function bin_start(index, bin) {
  if (bin === 'day') return spell(index * 24);
  if (bin === 'week') return spell((index * 7 - 3) * 24);
  return new Date(Date.UTC(Math.floor(index / 12), index % 12, 1)).toISOString().slice(0, 10);
}
function series(list, from, to, bin) {
  const base = bin_of(from, bin);
  const counts = new Array(bin_of(to - 1, bin) - base + 1).fill(0);
  for (const f of list) counts[bin_of(f.t, bin) - base]++;
  return { bin, start: bin_start(base, bin), counts };
}
function shifted(q) {
  if (q.compare === 'none') return null;
  if (q.compare === 'previous') return { from: q.from - (q.to - q.from), to: q.from };
  const back = (hour) => {
    const d = new Date(hour * 3600000);
    d.setUTCFullYear(d.getUTCFullYear() - 1);
    return d.getTime() / 3600000;
  };
  return { from: back(q.from), to: back(q.to) };
}
function tally(list, compared, field, size) {
  const n = new Array(size).fill(0);
  const c = new Array(size).fill(0);
  for (const f of list) n[f[field]]++;
  for (const f of compared ?? []) c[f[field]]++;
  return n
    .map((count, id) => ({ id, n: count, compared: compared ? c[id] : null }))
    .filter((b) => b.n || b.compared)
    .sort((a, b) => b.n - a.n);
}
const low_of = (n) => (n === 0 ? 0 : n * (1 - 1 / (9 * n) - 1.96 / (3 * Math.sqrt(n))) ** 3);
const high_of = (n) => (n + 1) * (1 - 1 / (9 * (n + 1)) + 1.96 / (3 * Math.sqrt(n + 1))) ** 3;

function place_key(f, q) {
  if (q.unit === 'districts') return f.district;
  if (Number.isNaN(f.x)) return null;
  return Math.floor(f.x / q.cell) * 1e6 + Math.floor(f.y / q.cell);
}
function places(list, compared, q) {
  const n = new Map();
  const c = new Map();
  const count = (map, f) => {
    const key = place_key(f, q);
    if (key !== null) map.set(key, (map.get(key) ?? 0) + 1);
  };
  for (const f of list) count(n, f);
  for (const f of compared ?? []) count(c, f);
  const out = {
    unit: q.unit,
    cell_m: q.cell,
    measure: q.measure,
    column: [],
    row: [],
    district: [],
    n: [],
    compared: [],
    value: [],
    low: [],
    high: [],
    few: [],
    breaks: [],
  };
  const keys = [...new Set([...n.keys(), ...(q.measure === 'change' ? c.keys() : [])])].sort((a, b) => a - b);
  for (const key of keys) {
    const k = n.get(key) ?? 0;
    const before = c.get(key) ?? 0;
    const few = k > 0 && k < city.place_count_min;
    if (q.unit === 'cells') {
      out.column.push(Math.floor(key / 1e6));
      out.row.push(key % 1e6);
    } else out.district.push(key);
    out.few.push(few);
    out.n.push(few ? null : k);
    out.compared.push(compared ? (before > 0 && before < city.place_count_min ? null : before) : null);
    let scale = 1;
    if (q.measure === 'rate_km2') scale = 1 / (q.unit === 'cells' ? (q.cell / 1000) ** 2 : districts[key].area_km2);
    let value = few ? null : k * scale;
    let low = few ? null : low_of(k) * scale;
    let high = few ? null : high_of(k) * scale;
    if (q.measure === 'change') {
      if (few || k + before < 30 || !compared || before < 5) value = low = high = null;
      else {
        const spread = 1.96 * Math.sqrt(1 / (k + 0.5) + 1 / (before + 0.5));
        value = k / before - 1;
        low = (k / before) * Math.exp(-spread) - 1;
        high = (k / before) * Math.exp(spread) - 1;
      }
    }
    if (q.measure === 'rate_residents') value = low = high = null;
    out.value.push(value);
    out.low.push(low);
    out.high.push(high);
  }
  const sorted = out.value.filter((v) => v !== null && v !== 0).sort((a, b) => a - b);
  if (q.measure === 'change') out.breaks = [-0.5, -0.25, -0.1, 0.1, 0.25, 0.5];
  else if (sorted.length) {
    const raw = [0.2, 0.4, 0.6, 0.8, 0.92, 0.98].map((p) => sorted[Math.floor(p * (sorted.length - 1))]);
    out.breaks = [...new Set(raw.map((v) => (v >= 100 ? Math.round(v / 10) * 10 : Math.ceil(v))))];
  }
  return out;
}
function trend(daily) {
  const half = Math.floor(daily.length / 2);
  const a = daily.slice(0, half).reduce((s, v) => s + v, 0) / Math.max(1, half);
  const b = daily.slice(half).reduce((s, v) => s + v, 0) / Math.max(1, daily.length - half);
  const total = daily.reduce((s, v) => s + v, 0);
  const result = { word: 'insufficient', change: 0, low: 0, high: 0, days: daily.length, mean_per_day: total / daily.length };
  result.method = 'Rapport des niveaux moyens entre la seconde et la première moitié de la période, intervalle à 95 %.';
  if (daily.length < 56 || total < 50) return result;
  const spread = 1.96 * Math.sqrt(1 / (a * half) + 1 / (b * half)) * 1.4;
  Object.assign(result, { change: b / a - 1, low: (b / a) * Math.exp(-spread) - 1, high: (b / a) * Math.exp(spread) - 1 });
  result.word = result.low > 0 ? 'rising' : result.high < 0 ? 'falling' : 'stable';
  return result;
}

export function view(q) {
  const every = facts.filter((f) => kept(f, q));
  const now = every.filter((f) => f.t >= q.from && f.t < q.to);
  const before = shifted(q);
  const past = before && every.filter((f) => f.t >= before.from && f.t < before.to);
  const hour_of_week = new Array(168).fill(0);
  for (const f of now) if (!f.coarse) hour_of_week[((Math.floor(f.t / 24) + 3) % 7) * 24 + (f.t % 24)]++;
  return {
    data_version: city.data.version,
    generated_at: '2026-11-21T13:05:00Z',
    filters: JSON.stringify({ cat: q.cat && [...q.cat], wd: q.wd && [...q.wd] }),
    period: { from: spell(q.from), to: spell(q.to) },
    compared_period: before && { from: spell(before.from), to: spell(before.to) },
    total: now.length,
    compared_total: past ? past.length : null,
    not_placed: q.unit === 'cells' ? now.filter((f) => Number.isNaN(f.x)).length : 0,
    known_by_day: now.filter((f) => f.coarse).length,
    trend: trend(series(now, q.from, q.to, 'day').counts),
    ribbon: series(every, first * 24, last * 24, 'day'),
    series: series(now, q.from, q.to, q.bin),
    compared_series: past ? series(past, before.from, before.to, q.bin) : null,
    hour_of_week,
    categories: tally(now, past, 'category', catalogue.categories.length),
    sources: tally(now, past, 'source', catalogue.sources.length),
    origins: tally(now, past, 'origin', catalogue.origins.length),
    places: places(now, past, q),
    attributions: city.attributions,
  };
}

export function frames(q, step) {
  const index = (hour) => (step === 'hour' ? hour : bin_of(hour, step));
  const base = index(q.from);
  const size = index(q.to - 1) - base + 1;
  if (size > 800)
    throw {
      status: 400,
      code: 'invalid_input',
      parameter: 'step',
      detail: `${size} pas demandés, 800 au plus : choisissez un pas plus long.`,
    };
  const counts = new Map();
  for (const f of facts) {
    if (f.t < q.from || f.t >= q.to || !kept(f, q)) continue;
    const key = place_key(f, q);
    if (key === null) continue;
    const at = `${index(f.t) - base}|${key}`;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const keys = [...new Set([...counts.keys()].map((k) => Number(k.split('|')[1])))].sort((a, b) => a - b);
  const number = new Map(keys.map((k, i) => [k, i]));
  const entries = [...counts].map(([k, n]) => [...k.split('|').map(Number), n]).sort((a, b) => a[0] - b[0]);
  return {
    unit: q.unit,
    cell_m: q.cell,
    step,
    steps: Array.from({ length: size }, (_, i) => (step === 'hour' ? spell(base + i) : bin_start(base + i, step))),
    column: q.unit === 'cells' ? keys.map((k) => Math.floor(k / 1e6)) : [],
    row: q.unit === 'cells' ? keys.map((k) => k % 1e6) : [],
    district: q.unit === 'cells' ? [] : keys,
    step_of: entries.map((e) => e[0]),
    place_of: entries.map((e) => number.get(e[1])),
    count_of: entries.map((e) => (e[2] < city.place_count_min ? null : e[2])),
  };
}
export { inverse };

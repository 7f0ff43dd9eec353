// A fake observatory for developing screens: serves dist/ and /api/v1 with invented facts, under the same content security policy
// as the real server. Usage: node dev/mock.mjs [port]. Account: demo / demo-vigie (any purpose); nouveau / nouveau-vigie must change
// its password first; lectrice / lectrice-vigie may not read the journal.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boundaries, catalogue, city } from './city.mjs';
import { frames, question, view } from './facts.mjs';
import { table } from './tables.mjs';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
  "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const accounts = {
  demo: { password: 'demo-vigie', role: 'dpo', must_change_password: false },
  nouveau: { password: 'nouveau-vigie', role: 'analyst', must_change_password: true },
  lectrice: { password: 'lectrice-vigie', role: 'analyst', must_change_password: false },
};
const sessions = new Map();
const journal = [];
let failures = 0;

function note(session, action, filters, rows) {
  const account = session.user;
  journal.unshift({
    number: journal.length + 1,
    at: new Date().toISOString(),
    account,
    role: session.role,
    purpose: session.purpose,
    action,
    filters,
    rows,
  });
}
function problem(status, code, title, more = {}) {
  return { status, problem: { type: `/problems/${code}`, title, status, code, ...more } };
}
function token() {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2)).join('');
}
function session_of(request) {
  const match = /(?:^|; )vigie_session=([^;]+)/.exec(request.headers.cookie ?? '');
  return match ? sessions.get(match[1]) : undefined;
}

function sign_in(body) {
  const account = accounts[body.user];
  if (!account || account.password !== body.password) {
    if (++failures > 20)
      return problem(429, 'sign_in_throttled', 'Trop d’essais', { retry_after_s: 60, detail: 'Attendez avant de réessayer.' });
    return problem(401, 'sign_in_failed', 'Connexion refusée', { detail: 'L’identifiant ou le mot de passe ne convient pas.' });
  }
  failures = 0;
  const key = token();
  const session = {
    user: body.user,
    role: account.role,
    purpose: body.purpose,
    csrf: token(),
    expires_at: new Date(Date.now() + 8 * 3600000).toISOString(),
    must_change_password: account.must_change_password,
  };
  sessions.set(key, session);
  note(session, 'sign_in', '', 0);
  return { json: session, headers: { 'Set-Cookie': `vigie_session=${key}; HttpOnly; SameSite=Strict; Path=/` } };
}

const reasons = ['bad_time', 'outside_city', 'unknown_code', 'too_few_fields', 'missing_place'];
function quarantine(q) {
  const source = catalogue.sources.findIndex((s) => s.key === q.get('src'));
  const all = Array.from({ length: 237 }, (_, i) => ({
    file: `main_courante_2026_${String(1 + (i % 11)).padStart(2, '0')}.csv`,
    line: 14 + i * 37,
    source: i % 3,
    reason: reasons[(i * i) % reasons.length],
    detail: [
      'colonne « date » : une date JJ/MM/AAAA HH:MM était attendue',
      'position hors de la commune',
      'code de catégorie absent de la correspondance',
      '11 champs, 14 attendus',
      'ni coordonnées ni quartier',
    ][(i * i) % reasons.length],
  })).filter((r) => source < 0 || r.source === source);
  const counts = new Map();
  for (const r of all) counts.set(`${r.source}|${r.reason}`, (counts.get(`${r.source}|${r.reason}`) ?? 0) + 1);
  const offset = Number(q.get('offset') ?? 0);
  return {
    total: all.length,
    reasons: [...counts]
      .map(([k, count]) => ({ source: Number(k.split('|')[0]), reason: k.split('|')[1], count }))
      .sort((a, b) => b.count - a.count),
    records: all.slice(offset, offset + Number(q.get('limit') ?? 100)),
  };
}
const imports = [
  [3, 0, 'main_courante_2026_11.csv', 5213, 5120, 61, 32, 'done', ''],
  [2, 1, 'signalements_2026_11.csv', 8340, 8291, 40, 9, 'done', ''],
  [
    1,
    2,
    'secours_2026_10.csv.gz',
    2210,
    1400,
    0,
    2,
    'cancelled',
    'arrêté à la ligne 1403 ; relancez la même commande pour finir',
  ],
].map(([id, source, file, read, stored, duplicates, quarantined, state, error]) => ({
  id,
  source,
  file,
  started: '2026-11-21T04:09:12Z',
  ended: '2026-11-21T04:10:00Z',
  read,
  stored,
  duplicates,
  quarantined,
  passed_over: 0,
  live_day: null,
  state,
  error,
}));

function answer(method, path, q, body, session, request) {
  if (path === '/health') return { json: { status: 'ok', version: city.program_version } };
  if (path === '/session' && method === 'POST') return sign_in(body);
  if (!session)
    return problem(401, 'sign_in_required', 'Connexion nécessaire', {
      detail: 'Votre session est terminée ou n’a pas commencé.',
    });
  if (method !== 'GET' && request.headers['x-csrf-token'] !== session.csrf) return problem(403, 'csrf_missing', 'Jeton absent');
  if (path === '/session' && method === 'DELETE') {
    for (const [key, value] of sessions) if (value === session) sessions.delete(key);
    return { status: 204 };
  }
  if (path === '/session') return { json: session };
  if (path === '/session/password') {
    if (accounts[session.user].password !== body.current)
      return problem(400, 'invalid_input', 'Mot de passe actuel inexact', {
        parameter: 'current',
        detail: 'Le mot de passe actuel ne convient pas.',
      });
    if (body.new.length < 12)
      return problem(400, 'invalid_input', 'Mot de passe trop court', { parameter: 'new', detail: 'Douze caractères au moins.' });
    accounts[session.user].password = body.new;
    session.must_change_password = accounts[session.user].must_change_password = false;
    return { status: 204 };
  }
  if (session.must_change_password) return problem(403, 'must_change_password', 'Changez d’abord de mot de passe');
  if (path === '/city') return { json: city };
  if (path === '/catalogue') return { json: catalogue };
  if (path.startsWith('/boundaries/')) {
    const layer = boundaries[path.slice(12)];
    return layer ? { json: layer } : problem(404, 'not_found', 'Couche inconnue');
  }
  if (path === '/quarantine') return { json: quarantine(q) };
  if (path === '/imports') return { json: imports };
  if (path === '/journal') {
    if (!['administrator', 'dpo'].includes(session.role))
      return problem(403, 'denied', 'Droit insuffisant', {
        detail: 'Le journal est réservé à la déléguée à la protection des données et à l’administration.',
      });
    const before = Number(q.get('before') ?? Infinity);
    const list = journal.filter((e) => e.number < before);
    const limit = Number(q.get('limit') ?? 100);
    return { json: { entries: list.slice(0, limit), next_before: list.length > limit ? list[limit - 1].number : null } };
  }
  return past(path, q, session);
}
function past(path, q, session) {
  const asked = question(q);
  if (path === '/past/view') {
    const result = view(asked);
    note(session, 'past.view', q.toString(), result.total);
    return { json: result };
  }
  if (path === '/past/frames') return { json: frames(asked, q.get('step') ?? 'day') };
  if (path === '/past/export') {
    const file = table(view(asked), q);
    note(session, 'past.export', q.toString(), file.rows);
    return {
      body: file.body,
      headers: { 'Content-Type': file.type, 'Content-Disposition': `attachment; filename="${file.name}"` },
    };
  }
  return problem(404, 'not_found', 'Adresse inconnue');
}

function serve_file(path, response) {
  let file = normalize(join(dist, path));
  if (!file.startsWith(dist) || !existsSync(file) || path === '/') file = join(dist, 'index.html');
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  });
  response.end(readFileSync(file));
}

export function start(port = 8090, delay_ms = 0) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://local');
    if (!url.pathname.startsWith('/api/v1')) return serve_file(url.pathname, response);
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      let result;
      try {
        result = answer(
          request.method,
          url.pathname.slice(7),
          url.searchParams,
          text ? JSON.parse(text) : {},
          session_of(request),
          request,
        );
      } catch (error) {
        if (!error.status) console.error(error);
        result = problem(error.status ?? 500, error.code ?? 'internal', 'Demande refusée', {
          detail: error.detail ?? 'Erreur du serveur factice.',
        });
      }
      const type = result.problem ? 'application/problem+json' : 'application/json';
      const body = result.body ?? (result.problem || result.json ? JSON.stringify(result.problem ?? result.json) : '');
      setTimeout(() => {
        response.writeHead(result.status ?? 200, { 'Content-Type': type, 'Cache-Control': 'no-store', ...result.headers });
        response.end(body);
      }, delay_ms);
    });
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.argv[2] ?? 8090);
  await start(port, Number(process.env.MOCK_DELAY_MS ?? 60));
  console.log(`fake observatory on http://127.0.0.1:${port} (demo / demo-vigie)`);
}

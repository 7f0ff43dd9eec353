// The only file that knows HTTP. Types come from the generated schema; nothing here is typed by hand.
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
export type PastQuery = NonNullable<paths['/past/view']['get']['parameters']['query']>;
export type ExportQuery = NonNullable<paths['/past/export']['get']['parameters']['query']>;
export type FramesQuery = NonNullable<paths['/past/frames']['get']['parameters']['query']>;

const root = '/api/v1';

/** What went wrong, in a form a screen can show: a problem document of the server, or none when it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly kind: 'problem' | 'offline' | 'unreadable',
    readonly problem: Problem | null,
  ) {
    super(problem?.title ?? kind);
  }
  get code(): Problem['code'] | null {
    return this.problem?.code ?? null;
  }
}

let language = 'fr';
let csrf = '';
let onSessionEnd: (code: Problem['code']) => void = () => {};

/** Titles of problems come back in this language. */
export function speak(to: string): void {
  language = to;
}
export function rememberCsrf(token: string): void {
  csrf = token;
}
/** Called when an answer says that the session is over or the password must be changed first. */
export function whenSessionEnds(react: (code: Problem['code']) => void): void {
  onSessionEnd = react;
}

export function address(path: string, query: object = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query) as [string, string | number | null | undefined][]) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  // Commas and colons are legal in a query; leaving them plain keeps addresses readable.
  const text = search.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return `${root}${path}${text ? '?' + text : ''}`;
}

async function ask(method: string, where: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json', 'Accept-Language': language };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  let response: Response;
  try {
    response = await fetch(where, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      credentials: 'same-origin',
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('offline', null);
  }
  if (response.ok) return response;
  let problem: Problem;
  try {
    problem = (await response.json()) as Problem;
  } catch {
    throw new ApiError('unreadable', null);
  }
  if (problem.code === 'sign_in_required' || problem.code === 'must_change_password') onSessionEnd(problem.code);
  throw new ApiError('problem', problem);
}

async function read<T>(path: string, query: object = {}, signal?: AbortSignal): Promise<T> {
  const response = await ask('GET', address(path, query), undefined, signal);
  try {
    return (await response.json()) as T;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('unreadable', null);
  }
}

export const api = {
  session: () => read<Schemas['Session']>('/session'),
  signIn: async (body: Schemas['SignIn']) => (await (await ask('POST', address('/session'), body)).json()) as Schemas['Session'],
  signOut: () => ask('DELETE', address('/session')),
  changePassword: (body: Schemas['PasswordChange']) => ask('POST', address('/session/password'), body),
  city: () => read<Schemas['City']>('/city'),
  catalogue: () => read<Schemas['Catalogue']>('/catalogue'),
  boundaries: (layer: string) => read<GeoJSON.FeatureCollection>(`/boundaries/${encodeURIComponent(layer)}`),
  past: (query: PastQuery, signal: AbortSignal) => read<Schemas['PastView']>('/past/view', query, signal),
  frames: (query: FramesQuery, signal: AbortSignal) => read<Schemas['Frames']>('/past/frames', query, signal),
  quarantine: (query: { src?: string; offset?: number; limit?: number }) => read<Schemas['Quarantine']>('/quarantine', query),
  imports: () => read<Schemas['Imports']>('/imports'),
  journal: (query: { before?: number; limit?: number }) => read<Schemas['Journal']>('/journal', query),
};

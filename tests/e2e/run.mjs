// The browser suite: one process, one browser, one test after the other, against the fake observatory or a real one.
//   node tests/e2e/run.mjs --mock
//   node tests/e2e/run.mjs --base http://127.0.0.1:8080 --user U --password P [--only WORDS]
// The page must already be built. Ends with « N passed, N failed » and exits 0 only when nothing failed.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faults, House, launch } from './house.mjs';
import { images } from './images.mjs';
import { journeys } from './journeys.mjs';
import { keyboard } from './keyboard.mjs';
import { looks } from './looks.mjs';
import { troubles } from './troubles.mjs';

const { values: args } = parseArgs({
  options: {
    base: { type: 'string' },
    user: { type: 'string' },
    password: { type: 'string' },
    mock: { type: 'boolean' },
    only: { type: 'string' },
    out: { type: 'string' },
  },
});
if (!args.mock && !(args.base && args.user && args.password)) {
  console.error('usage: run.mjs --mock | --base URL --user U --password P   [--only WORDS] [--out DIR]');
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const out = args.out ?? join(here, 'out');
mkdirSync(out, { recursive: true });

let server;
if (args.mock) {
  const { start } = await import('../../web/dev/mock.mjs');
  server = await start(0);
  args.base = `http://127.0.0.1:${server.address().port}`;
  args.user = 'demo';
  args.password = 'demo-vigie';
}

const browser = await launch();
const house = new House(browser, {
  base: args.base,
  user: args.user,
  password: args.password,
  out,
  mock: Boolean(args.mock),
});
const tests = { ...journeys, ...images, ...keyboard, ...troubles, ...looks };
let passed = 0;
let failed = 0;
const begun = Date.now();
for (const [name, test] of Object.entries(tests)) {
  if (args.only && !name.includes(args.only)) continue;
  const at = Date.now();
  try {
    await test(house);
    if (faults.length) throw new Error('the page misbehaved:\n' + [...new Set(faults)].slice(0, 12).join('\n'));
    passed++;
    console.log(`ok ${passed + failed} - ${name} (${((Date.now() - at) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(`not ok ${passed + failed} - ${name}`);
    console.log(String(error?.message ?? error).replace(/^/gm, '  # '));
    const page = browser.contexts().at(-1)?.pages().at(-1);
    await page?.screenshot({ path: join(out, `failed_${failed}.png`) }).catch(() => {});
  }
  faults.length = 0;
  await Promise.all(browser.contexts().map((context) => context.close().catch(() => {})));
}
await browser.close();
server?.close();
console.log(`# ${((Date.now() - begun) / 1000).toFixed(0)} s, screenshots in ${out}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

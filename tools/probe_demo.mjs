// probe_demo.mjs BASE USER PASSWORD_FILE: asks the demo what a browser would, and exits 1 with the reason when an answer is wrong.
import { readFileSync } from 'node:fs';

const [base, user, passwordFile] = process.argv.slice(2);
const password = readFileSync(passwordFile, 'utf8').trim();
let cookie = '';
let done = 0;

async function ask(what, path, options = {}) {
    const answer = await fetch(base + path, { ...options, headers: { cookie, origin: base, ...options.headers } });
    return { what, status: answer.status, headers: answer.headers, text: await answer.text() };
}

function expect(answer, condition, words) {
    if (!condition) {
        console.error(`${answer.what}: ${words} (status ${answer.status})\n${answer.text.slice(0, 400)}`);
        process.exit(1);
    }
    done += 1;
    console.log(`ok  ${answer.what}`);
}

const page = await ask('the page', '/');
expect(page, page.status === 200 && page.text.includes('<html'), 'an HTML page was expected');
expect(page, /default-src 'none'/.test(page.headers.get('content-security-policy') ?? ''), 'a strict CSP was expected');
const script = page.text.match(/(?:src|href)="(?:\.)?(\/?assets\/[^"]+\.js)"/);
expect(page, script, 'a script of the UI was expected in the page');
const asset = await ask('its script', '/' + script[1].replace(/^\//, ''));
expect(asset, asset.status === 200 && asset.text.length > 1000, 'the script of the UI was expected');
const closed = await ask('the door', '/api/v1/past/view');
expect(closed, closed.status === 401, 'nothing may be served before sign-in');
const session = await ask('sign-in', '/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, password, purpose: 'analysis' }),
});
expect(session, session.status === 200, 'sign-in was expected to succeed');
cookie = (session.headers.get('set-cookie') ?? '').split(';')[0];
const city = await ask('the city', '/api/v1/city');
expect(city, city.status === 200 && JSON.parse(city.text).synthetic === true, 'a city labelled synthetic was expected');
const view = await ask('yesterday', '/api/v1/past/view');
expect(view, view.status === 200 && JSON.parse(view.text).total > 1000, 'facts were expected');
const csv = await ask('an export', '/api/v1/past/export?what=series&format=csv');
expect(csv, csv.status === 200 && csv.text.length > 500, 'a CSV file was expected');
const quarantine = await ask('the quarantine', '/api/v1/quarantine');
expect(quarantine, quarantine.status === 200 && JSON.parse(quarantine.text).total > 0, 'the planted faults were expected');
// The live sources go on arriving: what they bring, and what the door refuses with its clause.
const waited = Date.now();
let live;
let refused;
for (;;) {
    const imports = await ask('the live sources', '/api/v1/imports');
    live = JSON.parse(imports.text).filter((one) => one.live_day !== null);
    const lines = await ask('what the door refuses', '/api/v1/quarantine?limit=1000');
    refused = JSON.parse(lines.text).reasons.map((one) => one.reason);
    const enough = live.filter((one) => one.stored + one.passed_over > 0).length >= 6;
    if ((enough && refused.includes('identity_field') && refused.includes('contract_ended')) || Date.now() - waited > 60_000) break;
    await new Promise((resolve) => setTimeout(resolve, 1000));
}
expect({ what: 'six live sources', status: 200, text: JSON.stringify(live) }, live.filter((one) => one.stored + one.passed_over > 0).length >= 6, 'six sources were expected to arrive');
expect({ what: 'their accounts', status: 200, text: JSON.stringify(live) },
    live.every((one) => one.read === one.stored + one.duplicates + one.passed_over + one.quarantined), 'every record was expected to be accounted for');
for (const reason of ['identity_field', 'contract_ended']) {
    expect({ what: `refused: ${reason}`, status: 200, text: refused.join() }, refused.includes(reason), 'this refusal was expected');
}
console.log(`la démonstration répond : ${done} vérifications`);

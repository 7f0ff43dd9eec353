// What people come to do: sign in, brush, filter, play, share, take away.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { digits } from './house.mjs';

const total_of = async (page) => digits(await page.textContent('[data-testid=total]'));
const query = (page) => new URL(page.url()).searchParams;

async function drag(page, from, by) {
  const box = await page.locator(from).boundingBox();
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 8; i++) await page.mouse.move(x + (by * i) / 8, y);
  await page.mouse.up();
}

/** Fields of a French CSV, without the stamp above the table. */
function read_csv(path) {
  const rows = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line && !/^"?#/.test(line))
    .map((line) =>
      [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map((m) => (m[1] ?? m[2] ?? '').replaceAll('""', '"')),
    );
  const head = rows.findIndex((row) => row.some((cell) => /^(n|nombre|faits|count|facts)$/i.test(cell)));
  assert.ok(head >= 0, 'the file has a heading with the count');
  const column = rows[head].findIndex((cell) => /^(n|nombre|faits|count|facts)$/i.test(cell));
  return {
    head: rows[head],
    column,
    rows: rows.slice(head + 1).filter((row) => row.length === rows[head].length),
  };
}

export const journeys = {
  'an address asked while signed out leads to sign-in and back to the same view': async (house) => {
    const page = await house.profile();
    const wanted = '/hier?wd=5,6,7&compare=year&show=table';
    await house.sign_in(page, wanted);
    await house.settled(page);
    assert.equal(new URL(page.url()).pathname + decodeURIComponent(new URL(page.url()).search), wanted);
    assert.equal(await page.getAttribute('[data-testid=show-table]', 'aria-pressed'), 'true');
  },

  'a wrong password is refused in words': async (house) => {
    const page = await house.profile({ expected: [/status of 401/] });
    await page.goto(house.base + '/connexion');
    await page.fill('#user', house.user);
    await page.fill('#password', 'ceci-ne-convient-pas');
    await page.click('button.primary');
    await page.waitForSelector('[role=alert]');
    assert.match(await page.textContent('[role=alert]'), /ne convient pas/);
    assert.equal(await page.inputValue('#password'), '');
  },

  'the first screen shows the count the server gives, and colours on the map': async (house) => {
    const page = await house.inside('/hier?test=1');
    const state = await house.settled(page, { map: true });
    const told = await house.told(page);
    assert.equal(await total_of(page), told.total);
    assert.ok(told.total > 0, 'there are facts');
    assert.equal(state.places, told.places.n.length);
    assert.ok(state.coloured > 0 && state.coloured + state.few <= state.places);
    const colours = await page.evaluate(() => {
      const small = document.createElement('canvas');
      small.width = small.height = 96;
      const c = small.getContext('2d');
      c.drawImage(document.querySelector('.maplibregl-canvas'), 0, 0, 96, 96);
      const data = c.getImageData(0, 0, 96, 96).data;
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      return seen.size;
    });
    assert.ok(colours > 12, `the map has ${colours} colours`);
    assert.equal(query(page).get('compare'), 'previous');
  },

  'dragging the ribbon drives the address, the count, the curve and the table alike': async (house) => {
    const page = await house.inside('/hier?compare=none&unit=districts');
    const before = await house.settled(page);
    const asked = [];
    page.on('request', (r) => r.url().includes('/past/view') && asked.push(r.url()));
    await drag(page, '[data-testid=edge-from]', 160);
    await page.waitForFunction((was) => window.__vigie.state.question !== was && window.__vigie.state.idle, before.question);
    assert.ok(query(page).get('from') && query(page).get('to'), 'the address carries the period');
    assert.equal(asked.length, 1, 'one question for one settled brush');
    const told = await house.told(page);
    assert.equal(told.period.from, query(page).get('from'));
    assert.equal(await total_of(page), told.total);
    assert.ok(told.total < before.total);
    assert.equal(
      told.series.counts.reduce((a, b) => a + b, 0),
      told.total,
    );
    const narrowed = (await house.state(page)).question;
    await drag(page, '[data-testid=brush]', -120);
    await page.waitForFunction((was) => window.__vigie.state.question !== was && window.__vigie.state.idle, narrowed);
    const moved = await house.settled(page);
    assert.equal(await total_of(page), moved.total);
    await page.click('[data-testid=show-table]');
    const shown = await page.$$eval('[data-testid=places] [data-n]', (cells) => cells.map((c) => c.dataset.n));
    const now = await house.told(page);
    const kept = now.places.n.map((n) => (n === null ? '' : String(n)));
    assert.deepEqual(shown.slice().sort(), kept.slice(0, shown.length === kept.length ? undefined : shown.length).sort());
  },

  'filters narrow the count, leave a chip, and the back button undoes them': async (house) => {
    const page = await house.inside('/hier?compare=none');
    const all = await house.settled(page);
    await page.locator('input[name=cat]').first().check();
    await page.waitForFunction((was) => window.__vigie.state.idle && window.__vigie.state.question !== was, all.question);
    const key = query(page).get('cat');
    assert.ok(key);
    const some = await house.told(page);
    assert.ok(some.total < all.total);
    assert.equal(await total_of(page), some.total);
    assert.equal(
      some.categories.reduce((sum, c) => sum + c.n, 0),
      some.total,
    );
    assert.equal(await page.locator('[data-testid=chip]').count(), 1);
    await page.goBack();
    await page.waitForFunction((was) => window.__vigie.state.idle && window.__vigie.state.question === was, all.question);
    assert.equal(await total_of(page), all.total);
    await page.goForward();
    await page.locator('[data-testid=chip]').first().click();
    await page.waitForFunction((was) => window.__vigie.state.idle && window.__vigie.state.question === was, all.question);
  },

  'hours may pass midnight, days and daylight combine': async (house) => {
    const page = await house.inside('/hier?compare=none');
    await page.selectOption('[data-testid=hours-from]', '22');
    await page.selectOption('[data-testid=hours-to]', '6');
    await house.settled(page);
    assert.equal(query(page).get('hours'), '22-6');
    const told = await house.told(page);
    const late = told.hour_of_week.reduce((sum, n, i) => sum + (i % 24 >= 22 || i % 24 < 6 ? n : 0), 0);
    assert.equal(
      late,
      told.hour_of_week.reduce((a, b) => a + b, 0),
      'nothing outside 22 h to 6 h',
    );
    await page.locator('.day').nth(5).click();
    await house.settled(page);
    assert.equal(query(page).get('wd'), '6');
    const saturday = await house.told(page);
    assert.ok(
      saturday.hour_of_week.every((n, i) => n === 0 || Math.floor(i / 24) === 5),
      'only Saturday',
    );
  },

  'change is coloured only where there is enough to compare': async (house) => {
    const page = await house.inside('/hier?compare=none&unit=districts');
    await page.selectOption('[data-testid=measure]', 'change');
    const state = await house.settled(page, { map: true });
    assert.notEqual(query(page).get('compare'), null, 'a change needs a comparison');
    const told = await house.told(page);
    const nameless = told.places.value.filter((v) => v === null).length;
    assert.ok(state.few <= nameless && state.coloured + nameless === told.places.n.length);
    assert.ok(
      told.places.few.every((few, i) => !few || told.places.n[i] === null),
      'a small count has no number',
    );
  },

  'playback runs, pauses at a frame that the address keeps, and is left with Escape': async (house) => {
    const page = await house.inside('/hier?compare=none&unit=districts');
    await page.click('[data-testid=play]');
    await page.waitForFunction(() => window.__vigie.state.frame >= 3);
    const running = await house.state(page);
    assert.ok(running.playing && running.frames > 3);
    await page.click('[data-testid=play]');
    const paused = await house.state(page);
    assert.equal(paused.playing, false);
    assert.ok(query(page).get('step') && query(page).get('at'));
    const words = await page.textContent('[data-testid=frame]');
    await page.reload();
    await page.waitForFunction((i) => window.__vigie?.state.frame === i, paused.frame);
    assert.equal(await page.textContent('[data-testid=frame]'), words);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => window.__vigie.state.frame === null);
    assert.equal(query(page).get('step'), null);
  },

  'the language changes and the view does not': async (house) => {
    const page = await house.inside('/hier?compare=year&unit=districts&show=charts&bin=month');
    const before = await house.settled(page);
    await page.click('.language');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    assert.equal((await house.state(page)).question, before.question);
    const text = await page.innerText('body');
    for (const word of ['Yesterday', 'Governance', 'Filters', 'Export']) assert.ok(text.includes(word), word);
    for (const word of ['Gouvernance', 'Exporter', 'Filtres', 'lundi']) assert.ok(!text.includes(word), `no « ${word} » left`);
    await page.click('.language');
    await page.waitForFunction(() => document.documentElement.lang === 'fr');
  },

  'a link opened in a fresh profile shows the same view': async (house) => {
    const page = await house.inside('/hier?compare=previous&unit=districts&measure=rate_km2');
    await page.keyboard.press('j');
    await page.waitForFunction(() => window.__vigie.state.selected !== null);
    await page.locator('input[name=origin]').nth(1).check();
    await house.settled(page, { map: true });
    await page.locator('.zooms button').first().click();
    await page.waitForFunction(() => location.search.includes('map='));
    await house.settled(page, { map: true });
    const first = await house.state(page);
    const url = page.url();
    const other = await house.profile();
    await house.sign_in(other, url.slice(house.base.length));
    const second = await house.settled(other, { map: true });
    assert.equal(other.url(), url);
    for (const key of ['question', 'total', 'places', 'coloured', 'few', 'selected']) assert.equal(second[key], first[key], key);
  },

  'the exported table is the table on screen': async (house) => {
    const page = await house.inside('/hier?compare=previous&unit=districts&show=table');
    const shown = await page.$$eval('[data-testid=places] [data-n]', (cells) => cells.map((c) => c.dataset.n));
    await page.click('[data-testid=export]');
    const take = async (what, format) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-testid=export-${what}-${format}]`)]);
      return download.path();
    };
    const csv = read_csv(await take('places', 'csv'));
    const numbers = csv.rows.map((row) => (/^\d+$/.test(row[csv.column]) ? row[csv.column] : ''));
    assert.deepEqual(numbers.sort(), shown.slice().sort());
    const told = await house.told(page);
    const series = read_csv(await take('series', 'csv'));
    assert.equal(
      series.rows.reduce((sum, row) => sum + Number(row[series.column]), 0),
      told.total,
    );
    const geo = JSON.parse(readFileSync(await take('places', 'geojson'), 'utf8'));
    assert.equal(geo.type, 'FeatureCollection');
    assert.equal(geo.features.length, shown.length);
    const sheet = readFileSync(await take('places', 'xlsx'));
    if (!house.mock) assert.equal(sheet.subarray(0, 2).toString(), 'PK', 'an XLSX file is a zip');
  },

  'a place is chosen on the map, read in the panel, made a filter, and let go': async (house) => {
    const page = await house.inside('/hier?compare=previous&unit=districts');
    await house.settled(page, { map: true });
    const box = await page.locator('[data-testid=map]').boundingBox();
    // The best placed district is near the middle of the city; look around it for one.
    for (const [dx, dy] of [
      [0.5, 0.45],
      [0.55, 0.5],
      [0.5, 0.55],
      [0.45, 0.4],
      [0.6, 0.4],
    ]) {
      await page.mouse.click(box.x + box.width * dx, box.y + box.height * dy);
      await page.waitForTimeout(200);
      if ((await house.state(page)).selected) break;
    }
    const { selected } = await house.state(page);
    assert.ok(selected, 'a click on a coloured place selects it');
    assert.equal(query(page).get('place'), selected);
    const told = await house.told(page);
    await page.waitForSelector('[data-testid=place] h2');
    await page.click('[data-testid=filter-district]');
    await house.settled(page);
    assert.equal(query(page).get('district'), selected);
    assert.ok((await house.told(page)).total < told.total);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => window.__vigie.state.selected === null);
  },
};

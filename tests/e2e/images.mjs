// Charts taken away as images: found alone in a report, each must say what it shows, and show the numbers of the screen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { digits } from './house.mjs';

const charts = ['series', 'hours', 'categories', 'origins', 'sources'];
const light_surface = '#fbf8f2';

async function take(page, chart, format) {
  await page.click(`[data-testid=image-${chart}] summary`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-testid=image-${chart}-${format}]`)]);
  return { name: download.suggestedFilename(), file: readFileSync(await download.path()) };
}

/** The image as the browser's own parser reads it. */
function read_svg(page, source) {
  return page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    const all = (selector) => [...file.querySelectorAll(selector)];
    const roles = {};
    for (const e of all('text[class]'))
      (roles[e.getAttribute('class')] ??= []).push([e.textContent, Number(e.getAttribute('y'))]);
    return {
      errors: all('parsererror').map((e) => e.textContent),
      root: file.documentElement.localName,
      title: file.querySelector('svg > title')?.textContent ?? '',
      said: file.querySelector('svg > desc')?.textContent ?? '',
      background: file.querySelector('rect').getAttribute('fill'),
      outside: all('image, script, style, foreignObject, [href]').length,
      words: all('text')
        .map((e) => e.textContent)
        .join(' '),
      path: file.querySelector('path.now')?.getAttribute('d') ?? '',
      roles,
    };
  }, source);
}
const spaced = (text) => text.replace(/\s+/g, ' ').trim();
const numbers = (role) => role.map(([text]) => digits(text));

/** Counts read back from the heights of the curve, between the marks of its axis. */
function heights(svg, bin) {
  const marks = svg.roles['count-mark'].map(([text, y]) => ({ n: digits(text), y: y - 4 }));
  assert.equal(marks[0].n, 0, 'the axis starts at zero');
  const last = marks.at(-1);
  const per_px = last.n / (marks[0].y - last.y);
  const ys = [...svg.path.matchAll(/[ML][-\d.]+ ([-\d.]+)/g)].map((m) => Number(m[1]));
  const counts = ys.filter((_, i) => bin === 'day' || i % 2 === 0).map((y) => (marks[0].y - y) * per_px);
  return { counts, doubt: Math.max(0.5, 0.1 * per_px) };
}

async function numbers_on_screen(page) {
  await page.click('[data-testid=series-table]');
  const series = await page.$$eval('.charts .sheet-table tbody tr', (rows) => rows.map((r) => r.cells[1].textContent));
  await page.click('[data-testid=series-table]');
  const hours = await page.$$eval('[data-testid=hours] td.cell', (cells) => cells.map((c) => c.textContent));
  const sums = await page.$$eval('[data-testid=hours] td.sum', (cells) => cells.map((c) => c.textContent));
  for (const button of await page.locator('.charts button[aria-expanded=false]').all()) await button.click();
  const bars = {};
  for (const chart of charts.slice(2))
    bars[chart] = await page.$$eval(`figure:has([data-testid=image-${chart}]) tbody tr`, (rows) =>
      rows.map((r) => [r.querySelector('.name').textContent, r.cells[1].textContent]),
    );
  return { series: series.map(digits), hours: hours.map(digits), sums: sums.map(digits), bars };
}

export const images = {
  'every chart is saved as SVG and PNG with the numbers on screen and all that was asked': async (house) => {
    // In the dark, where an image must still be light.
    const page = await house.inside('/hier?compare=previous&show=charts&bin=week&wd=5,6,7&hours=18-2', { theme: 'dark' });
    const before = await house.state(page);
    for (const i of [0, 1]) await page.locator('input[name=cat]').nth(i).check();
    await page.waitForFunction((was) => window.__vigie.state.idle && window.__vigie.state.question !== was, before.question);
    await house.settled(page);
    const chosen = await page.$$eval('label:has(input[name=cat]:checked)', (labels) =>
      labels.map((l) => l.querySelector('.name').firstChild.textContent),
    );
    assert.equal(chosen.length, 2);
    const chips = (await page.locator('[data-testid=chip] span:first-child').allInnerTexts()).slice(1);
    const told = await house.told(page);
    const shown = await numbers_on_screen(page);
    const city = await page.innerText('.brand');
    const synthetic = await page.locator('[data-testid=synthetic]').allInnerTexts();
    const period = await page.innerText('[data-testid=period]');
    for (const chart of charts) {
      const { name, file } = await take(page, chart, 'svg');
      assert.equal(name, `vigie_${chart}_${told.period.from}_${told.period.to}.svg`);
      const svg = await read_svg(page, file.toString('utf8'));
      assert.deepEqual(svg.errors, [], `${chart} is well formed`);
      assert.equal(svg.root, 'svg');
      assert.equal(svg.outside, 0, 'nothing is fetched, styled from outside or run');
      assert.equal(svg.background, light_surface);
      assert.ok(svg.title.startsWith(city) && svg.title.length > city.length + 4, svg.title);
      assert.ok(svg.said.length > 80, 'a description');
      const words = spaced(svg.words);
      for (const wanted of [city, period, ...chosen, ...chips, ...synthetic, ...told.attributions, told.data_version])
        assert.ok(words.includes(spaced(wanted)), `« ${wanted} » in the image of ${chart}: ${words}`);
      if (chart === 'series') {
        const { counts, doubt } = heights(svg, 'week');
        assert.equal(counts.length, shown.series.length);
        counts.forEach((n, i) =>
          assert.ok(Math.abs(n - shown.series[i]) <= doubt, `bin ${i}: ${n}, ${shown.series[i]} on screen`),
        );
      } else if (chart === 'hours') {
        assert.deepEqual(numbers(svg.roles.cell), shown.hours);
        assert.deepEqual([...numbers(svg.roles['day-total']), ...numbers(svg.roles.total)], shown.sums);
      } else {
        assert.deepEqual(
          numbers(svg.roles.value),
          shown.bars[chart].map(([, n]) => digits(n)),
        );
        for (const [bar] of shown.bars[chart]) assert.ok(words.includes(spaced(bar)), bar);
      }
      const png = await take(page, chart, 'png');
      assert.equal(png.name, name.replace('.svg', '.png'));
      assert.equal(png.file.subarray(1, 4).toString('latin1'), 'PNG');
      assert.equal(png.file.readUInt32BE(16), 1728, 'twice the width of the SVG');
      assert.ok(png.file.readUInt32BE(20) > 600 && png.file.length > 10000, `${png.file.length} bytes`);
    }
  },

  'a name full of signs stays a name in an image, and an empty view is said': async (house) => {
    const page = await house.inside('/hier?compare=none');
    const name = `Bruit <b>"fort"</b> & l'autre ]]> \u0007`;
    await page.route('**/api/v1/catalogue', async (route) => {
      const response = await route.fetch();
      const json = await response.json();
      for (const category of json.categories) category.label_fr = name;
      await route.fulfill({ response, json });
    });
    await page.route('**/past/view*', async (route) => {
      const response = await route.fetch();
      const json = await response.json();
      await route.fulfill({ response, json: { ...json, origins: [], hour_of_week: json.hour_of_week.map(() => 0) } });
    });
    await page.reload();
    await house.settled(page);
    for (const [chart, wanted] of [
      ['categories', spaced(name.replace('\u0007', ''))],
      ['origins', 'Aucun fait dans cette vue'],
      ['hours', '0 0 0 0'],
    ]) {
      const { file } = await take(page, chart, 'svg');
      const svg = await read_svg(page, file.toString('utf8'));
      assert.deepEqual(svg.errors, []);
      assert.ok(spaced(svg.words).includes(wanted), svg.words);
      await take(page, chart, 'png');
    }
  },

  'an image menu is worked from the keyboard, and absent for who may not export': async (house) => {
    const page = await house.inside('/hier?compare=none');
    const menu = page.locator('[data-testid=image-hours]');
    await menu.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.ok(await menu.locator('button').first().isVisible());
    await house.axe(page, 'an open image menu');
    await page.keyboard.press('Escape');
    assert.equal(await menu.locator('button').first().isVisible(), false);
    await page.route('**/api/v1/session', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), role: 'operations' } });
    });
    await page.reload();
    await house.settled(page);
    assert.equal(await page.locator('[data-testid^=image-]').count(), 0);
    await page.click('[data-testid=export]');
    assert.match(await page.innerText('dialog[open]'), /ne permet pas l’export/);
  },

  'a printed page is light, whole and says what it shows, and the screen comes back as it was': async (house) => {
    const page = await house.inside('/hier?compare=previous&wd=5,6,7', { theme: 'dark' });
    await house.settled(page, { map: true });
    const chip = await page.locator('[data-testid=chip] span').first().innerText();
    // An A4 sheet between its margins, in pixels of 1/96 inch.
    await page.setViewportSize({ width: 700, height: 1000 });
    for (const show of ['map', 'table&unit=districts', 'charts']) {
      await page.goto(`${house.base}/hier?compare=previous&wd=5,6,7&show=${show}`);
      await house.settled(page, { map: show === 'map' });
      const told = await house.told(page);
      await page.emulateMedia({ media: 'print' });
      await page.waitForSelector('[data-testid=paper-sources]');
      const seen = await page.evaluate(() => ({
        theme: document.documentElement.dataset.theme,
        wide: document.documentElement.scrollWidth - innerWidth,
        clipped: [...document.querySelectorAll('body *')]
          .filter((e) => e.checkVisibility() && !e.closest('.hidden-visually, svg') && !e.matches('.hidden-visually'))
          .filter((e) => /auto|scroll|hidden/.test(getComputedStyle(e).overflow) && e.scrollHeight > e.clientHeight + 1)
          .map((e) => e.className),
        buttons: [...document.querySelectorAll('main button:not(.pick)')].filter((e) => e.checkVisibility()).length,
        cells: [...document.querySelectorAll('[data-testid=paper-hours] text.cell')].map((e) => e.textContent),
        colours: new Set([...document.querySelectorAll('.mapbox svg path')].map((e) => e.style.fill)).size,
        text: document.querySelector('main').innerText.replace(/\s+/g, ' '),
      }));
      assert.equal(seen.theme, 'light');
      assert.ok(seen.wide <= 0, `${show}: ${seen.wide} px too wide`);
      assert.deepEqual(seen.clipped, [], `${show}: nothing is cut off`);
      assert.equal(seen.buttons, 0, `${show}: nothing to press on paper`);
      assert.deepEqual(seen.cells.map(digits), told.hour_of_week);
      if (show === 'map') assert.ok(seen.colours > 4, 'the map has its classes');
      for (const wanted of [chip, ...told.attributions, told.data_version]) assert.ok(seen.text.includes(spaced(wanted)), wanted);
      await page.emulateMedia({ media: 'screen' });
      await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
      assert.equal(await page.locator('[data-testid^=paper-]').count(), 0);
    }
  },
};

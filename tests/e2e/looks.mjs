// How every screen looks and reads: axe, nothing cut off, nothing to scroll sideways, screenshots to be looked at.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { cut_off } from './house.mjs';

const screens = [
  ['hier', '/hier?compare=previous'],
  ['tableau', '/hier?compare=previous&unit=districts&show=table'],
  ['courbes', '/hier?compare=previous&show=charts&bin=week'],
  ['evolution', '/hier?from=2025-07-01&to=2026-01-01&compare=previous&unit=districts&measure=change'],
  ['filtres', '/hier?compare=previous&wd=5,6,7&hours=22-6&cell=500'],
  ['demain', '/demain'],
  ['gouvernance', '/gouvernance'],
  ['quarantaine', '/quarantaine'],
  ['journal', '/journal'],
  ['mot_de_passe', '/motdepasse'],
];
const wrong_words = /undefined|\[object|NaN|function ?\(|=>|null/;

// The journal is not every role's to read: the refusal is a screen too.
const no_right = [/status of 403/];

async function ready(house, page, path) {
  await page.goto(house.base + path);
  if (path.startsWith('/hier')) await house.settled(page, { map: !path.includes('show=') });
  else {
    await page.waitForSelector('main h1');
    await page.waitForFunction(() => !document.querySelector('main[aria-busy=true]'));
  }
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(150);
}

const looks = {};
for (const language of ['fr', 'en'])
  for (const theme of ['light', 'dark'])
    looks[`every screen is accessible and whole: ${language}, ${theme}, 1440 x 900`] = async (house) => {
      const outside = await house.profile({ language, theme });
      await outside.goto(house.base + '/connexion');
      await outside.waitForSelector('#user');
      await house.axe(outside, 'sign-in');
      await outside.screenshot({
        path: join(house.out, `connexion_${language}_${theme}.png`),
      });
      const page = await house.inside('/gouvernance', { language, theme, expected: no_right });
      for (const [name, path] of screens) {
        await ready(house, page, path);
        await page.screenshot({
          path: join(house.out, `${name}_${language}_${theme}.png`),
        });
        await house.axe(page, `${name} ${language} ${theme}`);
        assert.deepEqual(await cut_off(page), [], `text cut off on ${name}`);
        const text = await page.innerText('body');
        assert.doesNotMatch(text, wrong_words, `${name}: a value leaked into the words`);
        assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      }
    };

for (const language of ['fr', 'en'])
  looks[`every screen fits a phone: ${language}`] = async (house) => {
    const page = await house.inside('/gouvernance', {
      size: [390, 844],
      language,
      theme: language === 'fr' ? 'light' : 'dark',
      touch: true,
      expected: no_right,
    });
    for (const [name, path] of screens) {
      await page.setViewportSize({ width: 390, height: 844 });
      await ready(house, page, path);
      await page.screenshot({
        path: join(house.out, `${name}_${language}_phone.png`),
      });
      await house.axe(page, `${name} on a phone`);
      await page.setViewportSize({ width: 360, height: 780 });
      await page.waitForTimeout(100);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} scrolls sideways by ${over} px at 360`);
      assert.deepEqual(await cut_off(page), [], `text cut off on ${name} at 360`);
    }
    await ready(house, page, '/hier?compare=previous');
    for (const [part, button] of [
      ['filtres_ouverts', 0],
      ['periode_ouverte', 1],
      ['details_ouverts', 2],
    ]) {
      await page.locator('.thumb button').nth(button).click();
      await page.waitForTimeout(200);
      await page.screenshot({
        path: join(house.out, `${part}_${language}_phone.png`),
      });
      await house.axe(page, `${part} on a phone`);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, a, summary, select, label:has(input)')]
          .filter(
            (e) =>
              e.checkVisibility({ visibilityProperty: true }) &&
              !e.closest('.hidden-visually, .why, p, dl') &&
              !e.classList.contains('why') &&
              !e.classList.contains('skip'),
          )
          .map((e) => [e, e.getBoundingClientRect()])
          .filter(([, r]) => r.width > 0 && r.height < 43)
          .map(([e, r]) => `${e.tagName}.${e.className} ${Math.round(r.height)} px: ${e.textContent.trim().slice(0, 30)}`),
      );
      assert.deepEqual(small, [], `touch targets under 44 px, ${part}`);
      await page.locator('.thumb button').nth(button).click();
    }
  };

looks['dialogs and menus are accessible'] = async (house) => {
  const page = await house.inside('/hier?compare=previous&unit=districts');
  await page.keyboard.press('j');
  await page.waitForSelector('[data-testid=place]');
  await house.axe(page, 'a chosen place');
  for (const open of ['.says .why', '[data-testid=export]']) {
    await page.locator(open).first().click();
    await page.waitForSelector('dialog[open]');
    await house.axe(page, open);
    await page.screenshot({
      path: join(house.out, `dialogue_${open.includes('why') ? 'pourquoi' : 'export'}.png`),
    });
    await page.keyboard.press('Escape');
  }
  await page.click('details.account summary');
  await house.axe(page, 'the account menu');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('sa');
  await page.waitForSelector('#search-list li');
  await house.axe(page, 'search');
  await page.screenshot({ path: join(house.out, 'recherche.png') });
};

looks['the layout does not shift once drawn'] = async (house) => {
  const page = await house.inside('/gouvernance');
  await page.addInitScript(() => {
    window.__shift = 0;
    window.__moved = [];
    const name = (node) => (node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : node?.nodeName);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) continue;
        window.__shift += entry.value;
        for (const { node, previousRect: a, currentRect: b } of entry.sources)
          window.__moved.push(`${name(node)} ${a.x},${a.y},${a.width},${a.height} -> ${b.x},${b.y},${b.width},${b.height}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await ready(house, page, '/hier?compare=previous');
  const { shift, moved } = await page.evaluate(() => ({ shift: window.__shift, moved: window.__moved }));
  assert.ok(shift < 0.05, `layout shift ${shift.toFixed(3)}: ${moved.join('; ')}`);
};

export { looks };

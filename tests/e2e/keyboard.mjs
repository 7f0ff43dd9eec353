// The whole journey without a mouse.
import assert from 'node:assert/strict';

export const keyboard = {
  'everything is reached without a mouse': async (house) => {
    const page = await house.profile();
    await page.goto(house.base + '/hier?compare=none&unit=districts');
    await page.waitForURL('**/connexion*');
    const press = (key) => page.keyboard.press(key);
    const until = (test, ...args) => page.waitForFunction(test, ...args);
    for (let i = 0; i < 8 && (await page.evaluate(() => document.activeElement?.id)) !== 'user'; i++) await press('Tab');
    await page.keyboard.type(house.user);
    await press('Tab');
    await page.keyboard.type(house.password);
    await press('Enter');
    const start = await house.settled(page);

    await press('t');
    await until(() => location.search.includes('show=table'));
    await press('c');
    await until(() => location.search.includes('show=charts'));
    await press('m');
    await until(() => !location.search.includes('show='));

    await press('j');
    await until(() => window.__vigie.state.selected !== null);
    const first = (await house.state(page)).selected;
    await press('j');
    await until((was) => window.__vigie.state.selected !== was, first);
    await press('k');
    await until((was) => window.__vigie.state.selected === was, first);
    await press('Escape');
    await until(() => window.__vigie.state.selected === null);

    await press('?');
    await page.waitForSelector('dialog[open]');
    await press('Escape');
    await until(() => !document.querySelector('dialog[open]'));

    // The ribbon: later start by a week, earlier end by a day; asked once the keys rest.
    await page.focus('[data-testid=edge-from]');
    await press('Shift+ArrowRight');
    await press('ArrowRight');
    await until((was) => window.__vigie.state.idle && window.__vigie.state.question !== was, start.question);
    const later = await house.state(page);
    assert.ok(later.total < start.total);
    const focused = await page.evaluate(() => document.activeElement?.dataset.testid);
    assert.equal(focused, 'edge-from', 'the focus stays on the edge');
    await page.focus('[data-testid=show-map]');
    await press('Control+z');
    await until((was) => window.__vigie.state.idle && window.__vigie.state.question === was, start.question);

    // Search from anywhere.
    await press('/');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox');
    await page.keyboard.type('journal');
    await press('Enter');
    await page.waitForURL('**/journal');
    await page.goBack();
    await house.settled(page);

    // A visible focus on everything that Tab reaches.
    await page.evaluate(() => document.activeElement?.blur?.());
    const invisible = [];
    for (let i = 0; i < 40; i++) {
      await press('Tab');
      const bad = await page.evaluate(() => {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        const style = getComputedStyle(e);
        const inner = e.tagName === 'INPUT' && e.classList.contains('hidden-visually');
        return style.outlineStyle === 'none' && style.boxShadow === 'none' && !inner ? e.outerHTML.slice(0, 120) : null;
      });
      if (bad) invisible.push(bad);
    }
    assert.deepEqual(invisible, []);
  },
};

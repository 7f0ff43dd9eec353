// States that are designed, not met by accident: error, offline, session over, no right, nothing found.
import assert from 'node:assert/strict';

const problem = (status, code, title, detail) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: `/problems/${code}`,
    title,
    status,
    code,
    detail,
  }),
});
const provoked = [/status of (4|5)\d\d/, /net::ERR_/];

export const troubles = {
  'an error says what happened, keeps the view, and can be tried again': async (house) => {
    const page = await house.inside('/hier?compare=none', {
      expected: provoked,
    });
    const before = await house.settled(page);
    await page.route('**/past/view*', (route) =>
      route.fulfill(problem(503, 'unavailable', 'Base occupée', 'Un import se termine. Réessayez dans une minute.')),
    );
    await page.click('[data-testid=preset-last_28]');
    const alert = page.locator('main [role=alert]').first();
    await alert.waitFor();
    assert.match(await alert.innerText(), /Base occupée[\s\S]*Un import se termine/);
    await page.unroute('**/past/view*');
    await alert.locator('button').click();
    const after = await house.settled(page);
    assert.notEqual(after.question, before.question);
    assert.equal(await page.locator('main [role=alert]').count(), 0);
  },

  'a silent server is said, and the filters are kept': async (house) => {
    const page = await house.inside('/hier?compare=none', {
      expected: provoked,
    });
    await page.route('**/past/view*', (route) => route.abort());
    await page.click('[data-testid=preset-last_28]');
    await page.locator('main [role=alert]').first().waitFor();
    assert.match(await page.innerText('main [role=alert]'), /ne répond pas/);
    assert.ok(new URL(page.url()).searchParams.get('from'));
  },

  'a session that ends leads to sign-in and back': async (house) => {
    const page = await house.inside('/hier?compare=year', {
      expected: provoked,
    });
    await house.settled(page);
    await page.context().clearCookies();
    await page.click('[data-testid=preset-last_28]');
    await page.waitForURL('**/connexion*');
    assert.match(await page.innerText('main'), /session est terminée/);
    await page.fill('#user', house.user);
    await page.fill('#password', house.password);
    await page.click('button.primary');
    await page.waitForURL('**/hier*');
    await house.settled(page);
    const query = new URL(page.url()).searchParams;
    assert.ok(query.get('from') && query.get('compare') === 'year');
  },

  'no right to see is said plainly': async (house) => {
    const page = await house.inside('/gouvernance', { expected: provoked });
    await page.route('**/api/v1/journal*', (route) =>
      route.fulfill(problem(403, 'denied', 'Droit insuffisant', 'Le journal est réservé.')),
    );
    await page.click('a[href="/journal"]');
    await page.locator('main [role=alert]').waitFor();
    assert.match(await page.innerText('main [role=alert]'), /Droit insuffisant/);
  },

  'an empty view says why and what would fill it': async (house) => {
    const page = await house.inside('/hier?compare=none');
    await house.settled(page);
    await page.route('**/past/view*', async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const empty = {
        ...body,
        total: 0,
        not_placed: 0,
        hour_of_week: body.hour_of_week.map(() => 0),
        categories: [],
        sources: [],
        origins: [],
      };
      for (const key of ['column', 'row', 'district', 'n', 'compared', 'value', 'low', 'high', 'few', 'breaks'])
        empty.places[key] = [];
      empty.series.counts = empty.series.counts.map(() => 0);
      await route.fulfill({ response, json: empty });
    });
    await page.click('[data-testid=preset-last_28]');
    await house.settled(page);
    assert.match(await page.innerText('.empty'), /Aucun fait dans cette vue/);
    await house.axe(page, 'the empty view');
  },

  'an unknown address is said to be one': async (house) => {
    const page = await house.inside('/hier?compare=none');
    await page.evaluate(() => history.pushState({}, '', '/nulle-part'));
    await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
    await page.waitForFunction(() => /existe pas/.test(document.querySelector('main h1')?.textContent ?? ''));
  },
};

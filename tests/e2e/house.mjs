// What every browser test needs: a browser that talks to nobody else, a page that remembers what went wrong, a way in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '../../web');
const from_web = createRequire(join(web, 'package.json'));
const { chromium } = from_web('playwright-core');
const axe_source = readFileSync(from_web.resolve('axe-core/axe.min.js'), 'utf8');
export const wait_ms = 30000; // A software renderer on a busy machine is slow; a test that needs this long is stuck.

export async function launch() {
  return chromium.launch({
    executablePath: process.env.VIGIE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** Everything that must not happen, over the whole run. */
export const faults = [];

export class House {
  constructor(browser, options) {
    this.browser = browser;
    this.base = options.base.replace(/\/$/, '');
    this.user = options.user;
    this.password = options.password;
    this.out = options.out;
    this.mock = options.mock;
  }

  /** A fresh profile. `expected`: console messages that the test provokes on purpose. */
  async profile({ size = [1440, 900], language = 'fr', theme = 'light', touch = false, expected = [] } = {}) {
    const context = await this.browser.newContext({
      viewport: { width: size[0], height: size[1] },
      colorScheme: theme,
      locale: language === 'fr' ? 'fr-FR' : 'en-GB',
      hasTouch: touch,
      isMobile: touch,
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(wait_ms);
    await context.addInitScript((to) => {
      try {
        if (!localStorage.getItem('vigie.language')) localStorage.setItem('vigie.language', to);
      } catch {
        // about:blank has no storage
      }
      addEventListener('securitypolicyviolation', (e) =>
        console.error(`CSP ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`),
      );
    }, language);
    const page = await context.newPage();
    const host = new URL(this.base).host;
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.host !== host) faults.push(`request to another host: ${url.host}`);
    });
    page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      const text = message.text();
      // The first question of a signed-out page is « who am I »; the browser reports its 401 by itself.
      if (/status of 401/.test(text) && /\/api\/v1\/session$/.test(message.location().url)) return;
      if (expected.some((pattern) => pattern.test(text))) return;
      if (/GPU stall|GL Driver Message|WebGL.*(performance|fallback)/i.test(text)) return;
      faults.push(`console ${message.type()}: ${text} (${message.location().url})`);
    });
    return page;
  }

  /** Signs in through the form; changes the password first when the house demands it. */
  async sign_in(page, to = '/hier') {
    await page.goto(this.base + to);
    await page.waitForURL('**/connexion*');
    await page.fill('#user', this.user);
    await page.fill('#password', this.password);
    await page.click('button.primary');
    await page.waitForURL((url) => !url.pathname.startsWith('/connexion'));
    if (new URL(page.url()).pathname === '/motdepasse') {
      const fresh = `${this.password}-change-2026`;
      await page.fill('#current', this.password);
      await page.fill('#fresh', fresh);
      await page.fill('#again', fresh);
      await page.click('button.primary');
      await page.waitForURL((url) => url.pathname !== '/motdepasse');
      this.password = fresh;
      console.log(`# the account had to change its password; it is now ${fresh}`);
    }
  }

  /** A signed-in page at an address, without passing by the form. */
  async inside(to, options = {}) {
    const page = await this.profile(options);
    const response = await page.request.post(`${this.base}/api/v1/session`, {
      data: { user: this.user, password: this.password, purpose: 'control' },
    });
    assert.equal(response.status(), 200, 'sign-in through the interface');
    await page.goto(this.base + to);
    if (to.startsWith('/hier')) await this.settled(page);
    else await page.waitForSelector('main h1');
    return page;
  }

  /** Waits until the answer to the question in the address is drawn. */
  async settled(page, { map = false } = {}) {
    await page.waitForFunction((want_map) => window.__vigie?.state.idle && (!want_map || window.__vigie.state.map_idle), map, {
      timeout: wait_ms,
    });
    return this.state(page);
  }
  state(page) {
    return page.evaluate(() => window.__vigie.state);
  }
  /** What the server itself answers to the question on screen. */
  async told(page) {
    const { question } = await this.state(page);
    return page.evaluate(async (url) => (await fetch(url)).json(), question);
  }

  async axe(page, where) {
    // The page's policy refuses an added script; the protocol evaluates outside it.
    await page.evaluate(axe_source);
    const result = await page.evaluate(() =>
      window.axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'],
      }),
    );
    const found = result.violations.flatMap((v) =>
      v.nodes.slice(0, 4).map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary?.split('\n')[1] ?? ''}`),
    );
    assert.deepEqual(found, [], `axe on ${where}`);
  }
}

/** Digits of a number as people read it, in any language. */
export const digits = (text) => Number((text ?? '').replace(/[^\d]/g, ''));

/** Elements whose text is cut off: hidden overflow narrower than its content. */
export function cut_off(page) {
  return page.evaluate(() => {
    const found = [];
    for (const e of document.querySelectorAll('body *')) {
      if (e.closest('.hidden-visually, .hidden-wide, [aria-hidden=true], svg, canvas, .maplibregl-map') || !e.textContent?.trim())
        continue;
      const style = getComputedStyle(e);
      if (style.visibility === 'hidden' || style.display === 'none') continue;
      const hides = (v) => v === 'hidden' || v === 'clip';
      const wide = hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0;
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
      if (wide && (own || style.textOverflow === 'ellipsis'))
        found.push(`${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 60)}`);
      // Text that leaves its own button or cell.
      if (own && /^(BUTTON|A|TD|TH|LABEL|DT|DD)$/.test(e.tagName)) {
        const range = document.createRange();
        range.selectNodeContents(e);
        const inner = range.getBoundingClientRect();
        const outer = e.getBoundingClientRect();
        if (outer.width > 2 && inner.width > outer.width + 2 && !e.querySelector('.hidden-visually'))
          found.push(`${e.tagName} spills: ${e.textContent.trim().slice(0, 60)}`);
      }
    }
    return found;
  });
}

// SPDX-License-Identifier: EUPL-1.2
// The demonstration in a real browser: its page and its strip hold the checks of every page, and a
// visitor without JavaScript enters, moves the calendar and begins again.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  findAxeViolations, findHeadProblems, findHtmlErrors, findOverflow, findOverlaps,
} from './checks.js';
import { Server } from './server.js';
import { settings, tools } from './tools.js';

const { chromium } = tools.load('playwright-core');
const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };
const roles = ['ats', 'direzione', 'ets', 'dg', 'admin'];

let server;
let browser;

before(async () => {
  mkdirSync(settings.screenshots, { recursive: true });
  server = await Server.start(settings.binary, ['demo']);
  browser = await chromium.launch({ executablePath: settings.browser, args: ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(viewport, options = {}) {
  return (await browser.newContext({ viewport, ...options })).newPage();
}

async function enter(page, role) {
  await page.goto(`${server.url}/demo`);
  await page.click(`form[action="/demo/entra/${role}"] button`);
}

describe('the demonstration', () => {
  it('holds the checks of every page, wide and narrow', async () => {
    const found = [];
    const html = new Map();
    for (const role of [null, ...roles]) {
      for (const [size, viewport] of [['largo', wide], ['stretto', narrow]]) {
        const page = await open(viewport);
        if (role) {
          await enter(page, role);
        } else {
          await page.goto(`${server.url}/demo`);
        }
        html.set(role ?? 'demo', await (await page.request.get(page.url())).text());
        const wrong = [...await findHeadProblems(page), ...await findOverflow(page),
          ...await findOverlaps(page), ...await findAxeViolations(page)];
        found.push(...wrong.map((one) => `${role ?? 'demo'} (${size}): ${one}`));
        await page.screenshot({
          path: join(settings.screenshots, `demo-${role ?? 'pagina'}-${size}.png`), fullPage: true,
        });
        await page.context().close();
      }
    }
    assert.deepEqual([...found, ...findHtmlErrors(html) ?? []], []);
  });

  it('tells a body what was asked, by when, and what follows its answer', async () => {
    const found = [];
    for (const [size, viewport] of [['largo', wide], ['stretto', narrow]]) {
      const page = await open(viewport);
      const look = async (name) => {
        const wrong = [...await findHeadProblems(page), ...await findOverflow(page),
          ...await findOverlaps(page), ...await findAxeViolations(page)];
        found.push(...wrong.map((one) => `${name} (${size}): ${one}`));
        await page.screenshot({
          path: join(settings.screenshots, `demo-ente-${name}-${size}.png`), fullPage: true,
        });
      };
      await enter(page, 'ets');
      await page.goto(`${server.url}/compiti`);
      await look('compiti');
      assert.match(await page.textContent('#termini-ente + ul'), /Integra l'istanza/);
      await page.click('#termini-ente + ul a');
      await page.click('ul.cp-acts a:has-text("Integra l\'istanza")');
      await look('integra');
      assert.match(await page.textContent('.cp-asked'), /Accordo di rete firmato/);
      assert.match(await page.textContent('.cp-asked'), /Ultimo momento utile/);
      await page.fill('#campo-integrazioni', 'Accordo firmato');
      await page.click('main form button');
      await look('conferma');
      const told = await page.$eval('section[aria-labelledby=effetti]', (one) => ({
        height: one.getBoundingClientRect().height, words: one.textContent,
      }));
      assert.doesNotMatch(told.words, /_/);
      assert.ok(told.height < 900, `what follows is ${told.height} px long`);
      await page.context().close();
    }
    assert.deepEqual(found, []);
  });

  it('is visited without JavaScript: in, forward, and from the beginning', async () => {
    const page = await open(wide, { javaScriptEnabled: false });
    const today = () => page.textContent('.cp-demo p strong:nth-of-type(2)');
    await enter(page, 'dg');
    assert.equal(new URL(page.url()).pathname, '/cruscotto');
    const first = await today();
    await page.click('.cp-demo button[value="30"]');
    assert.equal(new URL(page.url()).pathname, '/cruscotto');
    assert.match(await page.textContent('main [role=status]'), /Il giorno è cambiato/);
    assert.notEqual(await today(), first);
    await page.click('.cp-demo form[action="/demo/ricomincia"] button');
    assert.equal(new URL(page.url()).pathname, '/demo');
    assert.equal(await today(), first);
    await page.context().close();
  });
});

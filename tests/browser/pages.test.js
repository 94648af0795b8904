// SPDX-License-Identifier: EUPL-1.2
// Every page in a real browser, on the real program: what axe, the Nu checker and the measures say,
// and three journeys: keyboard only, JavaScript off, a mistake in a form.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  findAxeViolations, findHeadProblems, findHtmlErrors, findOverflow, findOverlaps,
} from './checks.js';
import { seed } from './seed.js';
import { Server } from './server.js';
import { settings, tools } from './tools.js';

const { chromium } = tools.load('playwright-core');
const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };
/** What a person on a slow line waits for, in bytes, at the first page. */
const maxFirstView = 200 * 1024;

let server;
let browser;
let made;
/** Logged-in state of each role. */
const sessions = {};

before(async () => {
  mkdirSync(settings.screenshots, { recursive: true });
  server = await Server.start(settings.binary);
  made = await seed(server);
  browser = await chromium.launch({ executablePath: settings.browser, args: ['--no-sandbox'] });
  for (const role of Object.keys(made.tokens)) {
    const context = await browser.newContext({ javaScriptEnabled: false });
    await logIn(await context.newPage(), made.tokens[role]);
    sessions[role] = await context.storageState();
    await context.close();
  }
});

after(async () => {
  await browser?.close();
  server?.keepLog(join(settings.screenshots, 'server.log'));
  await server?.stop();
});

async function logIn(page, token) {
  await page.goto(`${server.url}/accedi`);
  await page.fill('#codice', token);
  await page.click('main button[type=submit]');
  assert.equal(new URL(page.url()).pathname, '/cruscotto');
}

async function open(role, viewport, options = {}) {
  const context = await browser.newContext({
    viewport, storageState: role ? sessions[role] : undefined, ...options,
  });
  const page = await context.newPage();
  page.elsewhere = [];
  page.problems = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) {
      page.elsewhere.push(request.url());
    }
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4/.test(message.text())) {
      page.problems.push(message.text());
    }
  });
  page.on('pageerror', (problem) => page.problems.push(String(problem)));
  return page;
}

/** Opens or closes every `details`. */
async function setLids(page, isOpen) {
  await page.evaluate((open_) => {
    document.querySelectorAll('details').forEach((one) => { one.open = open_; });
  }, isOpen);
}

async function keepPicture(page, name) {
  await page.screenshot({ path: join(settings.screenshots, `${name}.png`), fullPage: true });
}

/** name, role, address, status */
function pages() {
  const procedure = (id) => `/procedure/${id}`;
  return [
    ['home', null, '/'],
    ['avviso', null, `/avvisi/${made.open}`],
    ['accedi', null, '/accedi'],
    ['guida', null, '/guida'],
    ['accessibilita', null, '/accessibilita'],
    ['privacy', null, '/privacy'],
    ['stato', null, '/stato'],
    ['non-trovata', null, '/non-esiste', 404],
    ['avviso-non-pubblicato', null, `/avvisi/${made.draft}`, 404],
    ['cruscotto-dg', 'dg', '/cruscotto'],
    ['cruscotto-ats', 'manager', '/cruscotto'],
    ['procedure-dg', 'dg', '/procedure'],
    ['procedure-tutto', 'dg', '/procedure?tipo=tutte'],
    ['apri-iniziativa', 'dg', '/procedure/nuova/iniziativa'],
    ['apri-procedimento', 'manager', '/procedure/nuova/procedimento'],
    ['iniziativa', 'dg', procedure(made.initiative)],
    ['procedura-aperta', 'manager', procedure(made.open)],
    ['procedura-bozza', 'draftManager', procedure(made.draft)],
    ['procedura-confronto', 'assignedManager', procedure(made.assigned)],
    ['procedura-ente', 'body', procedure(made.open)],
    ['istanza-ente', 'body', procedure(made.application)],
    ['istanza-atto', 'body', `${procedure(made.application)}/atti/presenta`],
    ['istanza-documento', 'body', `${procedure(made.application)}/documenti/nuovo`],
    ['atto-avviso', 'draftManager', `${procedure(made.draft)}/atti/compila_avviso`],
    ['atto-impossibile', 'draftManager', `${procedure(made.draft)}/atti/pubblica_avviso`, 409],
    ['atto-conferma', 'manager', `${procedure(made.open)}/atti/dichiara_assenza_conflitto`],
    ['altra-ats', 'manager', procedure(made.draft), 404],
    ['compiti', 'manager', '/compiti?di=tutti'],
    ['compiti-dg', 'dg', '/compiti?di=tutti'],
    ['scadenze', 'manager', '/scadenze'],
    ['scadenze-dg', 'dg', '/scadenze'],
  ];
}

describe('every page', () => {
  const html = new Map();

  it('holds its checks, wide and narrow', async () => {
    const found = [];
    for (const [name, role, address, status = 200] of pages()) {
      for (const [size, viewport] of [['largo', wide], ['stretto', narrow]]) {
        const page = await open(role, viewport);
        const answer = await page.goto(server.url + address, { waitUntil: 'networkidle' });
        html.set(name, await answer.text());
        await setLids(page, true);
        const wrong = [
          ...(answer.status() === status ? [] : [`status ${answer.status()}, not ${status}`]),
          ...await findHeadProblems(page), ...await findOverflow(page), ...await findOverlaps(page),
          ...await findAxeViolations(page), ...page.elsewhere, ...page.problems,
        ];
        found.push(...wrong.map((one) => `${name} (${size}): ${one}`));
        await setLids(page, false);
        await keepPicture(page, `${name}-${size}`);
        await page.context().close();
      }
    }
    assert.deepEqual(found, []);
  });

  it('is HTML as the Nu checker wants it', (test) => {
    const errors = findHtmlErrors(html);
    if (errors === null) {
      test.skip('there is no Java here');
      return;
    }
    assert.deepEqual(errors, []);
  });
});

describe('the first view', () => {
  for (const [name, role] of [['home', null], ['cruscotto', 'dg']]) {
    it(`of ${name} is light`, async () => {
      const page = await open(role, wide);
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      let bytes = 0;
      session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
      await page.goto(`${server.url}/${name === 'home' ? '' : name}`, { waitUntil: 'networkidle' });
      await page.context().close();
      assert.ok(bytes > 10_000 && bytes <= maxFirstView, `${bytes} bytes`);
    });
  }

  it('comes with the headers that keep others out', async () => {
    const answer = await fetch(`${server.url}/`);
    const policy = answer.headers.get('content-security-policy');
    assert.match(policy, /default-src 'self'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.ok(answer.headers.get('referrer-policy'));
  });

  it('keeps for ever what its address tells apart', async () => {
    const home = await (await fetch(`${server.url}/`)).text();
    const sheet = home.match(/\/assets\/coprog\.[0-9a-f]{12}\.css/)[0];
    const answer = await fetch(server.url + sheet, { headers: { 'accept-encoding': 'gzip' } });
    assert.match(answer.headers.get('cache-control'), /immutable/);
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
  });
});

describe('with the keyboard only', () => {
  /** Tabs until the focus is on what fits; fails when it never is. */
  async function tabTo(page, fits) {
    for (let step = 0; step < 150; step += 1) {
      await page.keyboard.press('Tab');
      const words = await page.evaluate(() => {
        const one = document.activeElement;
        const words = one.textContent.trim();
        return `${one.tagName} ${one.id} ${one.getAttribute('href') ?? ''} ${words}`;
      });
      if (fits.test(words)) {
        const ring = await page.evaluate(
          () => getComputedStyle(document.activeElement).outlineStyle,
        );
        assert.notEqual(ring, 'none', `no focus ring on ${words}`);
        return;
      }
    }
    assert.fail(`the focus never comes to ${fits}`);
  }

  it('one logs in, opens a procedure and does an act', async () => {
    const page = await open(null, wide);
    await page.goto(`${server.url}/accedi`);
    await tabTo(page, /^INPUT codice/);
    await page.keyboard.type(made.tokens.draftManager);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/cruscotto');
    await tabTo(page, new RegExp(`^A\\s+/procedure/${made.draft}`));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/procedure/${made.draft}`);
    await tabTo(page, /\/atti\/dichiara_assenza_conflitto/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dichiara_assenza_conflitto');
    await tabTo(page, /^BUTTON.*Conferma$/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**esito=fatto');
    assert.match(await page.textContent('main [role=status]'), /Fatto/);
    assert.match(await page.textContent('#storia ~ ol'), /Dichiara/);
    await page.context().close();
  });

  it('one jumps over the menu', async () => {
    const page = await open(null, wide);
    await page.goto(`${server.url}/`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Vai al contenuto');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'contenuto');
    await page.context().close();
  });
});

describe('without JavaScript', () => {
  const off = { javaScriptEnabled: false };

  it('a body attaches a file, and is told what its application lacks', async () => {
    const page = await open('body', wide, off);
    const address = `${server.url}/procedure/${made.application}`;
    await page.goto(`${address}/documenti/nuovo`);
    await page.selectOption('#documento', 'scheda_presentazione');
    await page.setInputFiles('#file', {
      name: 'scheda.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
    });
    await page.click('main form button');
    assert.match(page.url(), /esito=documento/);

    await page.goto(`${address}/atti/presenta`);
    await page.click('main form button');
    assert.match(await page.title(), /^Errore:/, 'before one confirms');
    assert.ok(await page.locator('.cp-errors a[href="#campo-denominazione"]').count() === 1);
    await page.context().close();
  });

  it('a wrong date is told beside its field, and what was typed stays', async () => {
    const page = await open('draftManager', wide, off);
    await page.goto(`${server.url}/procedure/${made.draft}/atti/compila_avviso`);
    await page.fill('#campo-termine_istanze', '31/02/2026');
    await page.click('main form button');
    assert.match(await page.title(), /^Errore:/);
    const link = page.locator('.cp-errors a[href="#campo-termine_istanze"]');
    assert.equal(await link.count(), 1);
    assert.equal(await page.inputValue('#campo-termine_istanze'), '31/02/2026');
    const described = await page.getAttribute('#campo-termine_istanze', 'aria-describedby');
    assert.match(described, /errore/);
    await keepPicture(page, 'atto-errore-largo');
    await page.context().close();
  });

  it('what was typed is shown to be confirmed, can be changed, and is done once', async () => {
    const page = await open('draftManager', wide, off);
    await page.goto(`${server.url}/procedure/${made.draft}/atti/compila_avviso`);
    await page.fill('#campo-termine_istanze', '16/12/2099 ore 12:00');
    await page.click('main form button');
    assert.match(await page.textContent('h1'), /^Conferma/);
    assert.match(await page.textContent('main'), /16\/12\/2099 ore 12:00/);
    await keepPicture(page, 'atto-confermato-largo');
    await page.click('text=Torna a modificare');
    assert.equal(await page.inputValue('#campo-termine_istanze'), '16/12/2099 ore 12:00');
    await page.click('main form button');
    await page.click('main form button:text-is("Conferma")');
    assert.match(page.url(), /esito=fatto/);
    await page.context().close();
  });

  it('filters are in the address', async () => {
    const page = await open('dg', wide, off);
    await page.goto(`${server.url}/scadenze`);
    await page.check('#ritardo');
    await page.click('main form button');
    assert.match(page.url(), /ritardo=si/);
    assert.equal(await page.isChecked('#ritardo'), true);
    await page.context().close();
  });
});

describe('with JavaScript', () => {
  // axe waits for promises, which do not come true in a page without JavaScript.
  it('a form with a mistake in it holds its checks', async () => {
    const page = await open('draftManager', narrow);
    await page.goto(`${server.url}/procedure/${made.draft}/atti/compila_avviso`);
    await page.fill('#campo-termine_istanze', '31/02/2026');
    await page.click('main form button');
    assert.match(await page.title(), /^Errore:/);
    assert.deepEqual([...await findAxeViolations(page), ...await findOverflow(page),
      ...await findOverlaps(page)], []);
    await page.context().close();
  });

  it('a filter changes the list at once, and the address with it', async () => {
    const page = await open('dg', wide);
    await page.goto(`${server.url}/procedure`, { waitUntil: 'networkidle' });
    await page.selectOption('#ufficio', '326');
    await page.waitForURL('**ufficio=326**');
    await page.waitForFunction(() => document.querySelectorAll('#risultati tbody tr').length === 1);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
});

describe('documents', () => {
  it('of a notice are for everybody once published, others are not', async () => {
    const of = (name) => fetch(`${server.url}/avvisi/${made.open}/documenti/${name}/1`);
    const published = await of('avviso');
    assert.equal(published.status, 200);
    assert.match(published.headers.get('content-disposition'), /^attachment/);
    assert.match(await published.text(), /^%PDF/);
    assert.equal((await of('verbale_cabina_regia')).status, 404);
    const draft = `${server.url}/avvisi/${made.draft}/documenti/scheda_obiettivi/1`;
    assert.equal((await fetch(draft)).status, 404);
  });
});

describe('other sites', () => {
  const header = (cookies) => cookies.map((one) => `${one.name}=${one.value}`).join('; ');

  it('cannot send a form for somebody', async () => {
    const cookie = header(sessions.manager.cookies);
    const send = (headers, body) => fetch(`${server.url}/esci`, {
      method: 'POST', redirect: 'manual', body,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    assert.equal((await send({}, 'sigillo=0')).status, 403);
    assert.equal((await send({ origin: 'https://altrove.example' }, 'sigillo=0')).status, 403);
  });

  it('the cookie is out of the reach of scripts', () => {
    const [cookie] = sessions.manager.cookies;
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.sameSite, 'Lax');
  });

  it('after leaving, the session opens nothing', async () => {
    const page = await open(null, wide, { javaScriptEnabled: false });
    await logIn(page, made.tokens.manager);
    const cookie = header(await page.context().cookies());
    await page.click('.cp-exit');
    const answer = await fetch(`${server.url}/cruscotto`,
      { headers: { cookie }, redirect: 'manual' });
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('location'), /^\/accedi/);
    await page.context().close();
  });
});

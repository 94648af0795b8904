// SPDX-License-Identifier: EUPL-1.2
// What every page must fulfil. Each check gives the list of what is wrong.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tools } from './tools.js';

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axeSource = readFileSync(tools.resolve('axe-core/axe.min.js'), 'utf8');

/** Through the debugger, which the page's policy does not reach: it stays as people have it. */
export async function findAxeViolations(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axeSource });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, ${JSON.stringify({ runOnly: axeTags })})`
      + '.then((found) => JSON.stringify(found.violations.map((one) => one.id + ": "'
      + ' + one.nodes.map((node) => node.html.slice(0, 160) + " | " + node.failureSummary)'
      + '.join("\\n  "))))',
    awaitPromise: true,
  });
  await session.detach();
  return JSON.parse(result.value);
}

export async function findOverflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
      return [];
    }
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest('.cp-scroll'))
      .map((one) => `${one.tagName}.${one.className} reaches beyond ${width}`)
      .concat('the page scrolls sideways');
  });
}

/** Labels, fields and buttons that cover each other. */
export async function findOverlaps(page) {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll('main label, main legend, main select, main p,'
      + ' main input:not([type=hidden]), main textarea, main button, main h1, main h2')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && !one.closest('.visually-hidden'))
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    const found = [];
    for (let i = 0; i < seen.length; i += 1) {
      for (let j = i + 1; j < seen.length; j += 1) {
        const [a, b] = [seen[i], seen[j]];
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 2 && down > 2 && !a.one.contains(b.one) && !b.one.contains(a.one)) {
          found.push(`${a.one.outerHTML.slice(0, 90)} over ${b.one.outerHTML.slice(0, 90)}`);
        }
      }
    }
    return found;
  });
}

/** What a reader of the page is told first. */
export async function findHeadProblems(page) {
  return page.evaluate(() => {
    const found = [];
    if (document.documentElement.lang !== 'it') found.push('lang is not it');
    if (!/\S · Co-programmazione$/.test(document.title)) found.push(`title: ${document.title}`);
    const headings = document.querySelectorAll('h1');
    if (headings.length !== 1) found.push(`${headings.length} h1`);
    for (const link of ['accessibility-link', 'privacy-policy-link']) {
      if (!document.querySelector(`footer [data-element="${link}"]`)) found.push(`no ${link}`);
    }
    if (document.querySelector('[style], style, script:not([src])')) found.push('inline code');
    return found;
  });
}

/** The Nu HTML checker's errors over many pages at once; where there is no Java, nothing. */
export function findHtmlErrors(pages) {
  if (!hasJava()) {
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'coprog-html-'));
  try {
    for (const [name, html] of pages) {
      writeFileSync(join(folder, `${name}.html`), html);
    }
    execFileSync('java', ['-jar', join(tools.folder('vnu-jar'), 'build', 'dist', 'vnu.jar'),
      '--errors-only', '--format', 'gnu', folder], { stdio: 'pipe', maxBuffer: 1 << 26 });
    return [];
  } catch (problem) {
    return String(problem.stderr).trim().split('\n')
      .map((line) => line.replace(`file:${folder}/`, ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hasJava() {
  try {
    execFileSync('java', ['-version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

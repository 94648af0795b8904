// SPDX-License-Identifier: EUPL-1.2
// Makes what the pages are dressed with, from npm packages of exact versions: the part of Bootstrap
// Italia that our templates use, our own sheet after it, Titillium Web, the icons we name, htmx.
// Usage: node build.js OUTPUT_FOLDER. The same input gives the same bytes; text files also come
// compressed (.gz, .br), because the program never compresses while it answers.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { PurgeCSS } from 'purgecss';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const output = process.argv[2] ?? join(root, 'build', 'web');
const italia = join(here, 'node_modules', 'bootstrap-italia');
const htmx = join(here, 'node_modules', 'htmx.org');
const templates = join(root, 'templates', 'pages');

// As in api/pages/assets.cpp: the address of a file carries the beginning of its SHA-256.
const hashLetters = 12;
const weights = { 400: 'regular', 600: '600', 700: '700' };

const readText = (path) => readFileSync(path, 'utf8');

function write(name, content) {
  writeFileSync(join(output, name), content);
}

function writeCompressed(name, text) {
  write(name, text);
  write(`${name}.gz`, gzipSync(text, { level: 9 }));
  write(`${name}.br`, brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) },
  }));
}

function hashedUrl(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, hashLetters);
  const dot = name.lastIndexOf('.');
  return `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
}

/** Copies the fonts and gives the rules that name them. */
function makeFonts() {
  return Object.entries(weights).map(([weight, file]) => {
    const bytes = readFileSync(join(italia, 'dist', 'fonts', 'Titillium_Web',
      `titillium-web-v10-latin-ext_latin-${file}.woff2`));
    const name = `titillium-${weight}.woff2`;
    write(name, bytes);
    return `@font-face{font-family:"Titillium Web";font-weight:${weight};font-style:normal;`
      + `font-display:swap;src:url("${hashedUrl(name, bytes)}") format("woff2")}`;
  }).join('\n');
}

function templateFiles() {
  return readdirSync(templates, { recursive: true })
    .filter((name) => name.endsWith('.mustache')).sort()
    .map((name) => join(templates, name));
}

async function makeStyle() {
  const [purged] = await new PurgeCSS().purge({
    content: templateFiles(),
    css: [join(italia, 'dist', 'css', 'bootstrap-italia.min.css')],
    // What a template puts together from a datum: `alert-{{kind}}`.
    safelist: ['alert-success', 'alert-warning', 'alert-danger', 'alert-info'],
    blocklist: [/^vjs-/, /^splide/, /^video-js/],
    fontFace: true,
    keyframes: true,
    variables: true,
  });
  const licence = '/* Bootstrap Italia 2.18.3, BSD-3-Clause; vedi /assets/licenze.txt */';
  writeCompressed('coprog.css',
    [licence, makeFonts(), purged.css, readText(join(here, 'css', 'coprog.css'))].join('\n'));
}

/** Only the symbols that a template names: the whole sheet would be 32 kB compressed. */
function makeIcons() {
  const named = new Set(templateFiles()
    .flatMap((file) => [...readText(file).matchAll(/#(it-[a-z-]+)/g)].map((match) => match[1])));
  const sheet = readText(join(italia, 'dist', 'svg', 'sprites.svg'));
  const symbols = [...named].sort().map((id) => {
    const symbol = sheet.match(new RegExp(`<symbol id="${id}".*?</symbol>`, 's'));
    if (symbol === null) {
      throw new Error(`no icon ${id} in Bootstrap Italia: a template names it`);
    }
    return symbol[0];
  });
  writeCompressed('icone.svg',
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
}

function makeScript() {
  writeCompressed('htmx.js', readText(join(htmx, 'dist', 'htmx.min.js')));
}

function makeLicences() {
  const texts = [
    ['Bootstrap Italia 2.18.3', join(italia, 'LICENSE')],
    ['Titillium Web', join(italia, 'dist', 'fonts', 'Titillium_Web', 'OFL.txt')],
    ['htmx 4.0.1', join(htmx, 'LICENSE')],
  ];
  writeCompressed('licenze.txt',
    texts.map(([name, path]) => `${name}\n\n${readText(path)}`).join('\n\n----\n\n'));
}

mkdirSync(output, { recursive: true });
await makeStyle();
makeIcons();
makeScript();
makeLicences();

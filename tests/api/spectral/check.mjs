// SPDX-License-Identifier: EUPL-1.2
// Lints api/openapi.json with api/spectral.yaml, and proves that each rule of ours can fail: for
// each a change that breaks it, on a copy of the document.
// Use: node check.mjs FOLDER_OF_NODE_MODULES
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const require = createRequire(path.join(path.resolve(process.argv[2]), 'package.json'));
const { Spectral, Document } = require('@stoplight/spectral-core');
const Parsers = require('@stoplight/spectral-parsers');
const { bundleAndLoadRuleset } =
    require('@stoplight/spectral-ruleset-bundler/with-loader');
const { fetch } = require('@stoplight/spectral-runtime');
const fs = require('node:fs');

const text = readFileSync(path.join(root, 'api/openapi.json'), 'utf8');
const ruleset = await bundleAndLoadRuleset(path.join(root, 'api/spectral.yaml'), { fs, fetch });

async function lint(document) {
    const spectral = new Spectral();
    spectral.setRuleset(ruleset);
    return spectral.run(new Document(JSON.stringify(document), Parsers.Json, 'openapi.json'));
}

const list = (api) => api.paths['/v1/procedure'].get;
const breaks = {
    'stato-del-servizio': (api) => delete api.paths['/status'],
    'errori-problem-json': (api) => {
        api.components.responses.NonTrovata.content = { 'application/json': { schema: {} } };
    },
    contatto: (api) => delete api.info.contact.email,
    'contatto-presente': (api) => delete api.info.contact,
    sintesi: (api) => delete api.info['x-summary'],
    condizioni: (api) => delete api.info.termsOfService,
    'versione-semver': (api) => (api.info.version = '1'),
    'server-descritti': (api) => delete api.servers[0].description,
    'server-https': (api) => delete api.servers[1]['x-sandbox'],
    'intestazioni-riservate': (api) => list(api).parameters.push(
        { name: 'Accept', in: 'header', schema: { type: 'string', maxLength: 9 } }),
    'limiti-di-frequenza': (api) => delete list(api).responses['200'].headers['X-RateLimit-Reset'],
    'limiti-ovunque': (api) => delete list(api).responses['200'].headers,
    'troppe-richieste': (api) => delete list(api).responses['429'],
    'percorsi-kebab': (api) => (api.paths['/v1/Compiti_Miei'] = api.paths['/v1/compiti']),
    'proprieta-snake': (api) => (api.components.schemas.Riga.properties.altroNome = {}),
    'chiave-di-idempotenza': (api) => {
        api.paths['/v1/procedure'].post.parameters = [list(api).parameters[0]];
    },
    'testi-limitati': (api) => (api.components.schemas.Riga.properties.id = { type: 'string' }),
};

let failed = 0;
function report(name, problem) {
    failed += problem ? 1 : 0;
    console.log(`${problem ? 'NO' : 'ok'}  ${name}${problem ? `: ${problem}` : ''}`);
}

const found = await lint(JSON.parse(text));
report('api/openapi.json', found.map((one) =>
    `\n    ${one.code} ${one.path.join('/')}: ${one.message}`).join(''));
for (const name of Object.keys(ruleset.rules)) {
    const isOurs = readFileSync(path.join(root, 'api/spectral.yaml'), 'utf8')
        .includes(`\n  ${name}:\n`);
    if (isOurs && !breaks[name]) {
        report(name, 'no change here breaks it');
    }
}
for (const [name, change] of Object.entries(breaks)) {
    const broken = JSON.parse(text);
    change(broken);
    const codes = (await lint(broken)).map((one) => one.code);
    report(name, codes.includes(name) ? '' : 'the rule does not see what breaks it');
}
process.exit(failed === 0 ? 0 : 1);

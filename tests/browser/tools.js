// SPDX-License-Identifier: EUPL-1.2
// The npm packages of web/, which lies beside this folder and not above it.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(join(root, 'web', 'package.json'));

export const tools = {
  load: (name) => require(name),
  resolve: (path) => require.resolve(path),
  folder: (name) => join(root, 'web', 'node_modules', name),
};

export const settings = {
  binary: process.env.COPROG_BINARY ?? join(root, 'build', 'release', 'coprog'),
  browser: process.env.COPROG_CHROMIUM ?? '/usr/bin/chromium',
  screenshots: process.env.COPROG_SCREENSHOTS ?? join(root, 'build', 'screenshots'),
};

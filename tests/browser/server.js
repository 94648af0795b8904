// SPDX-License-Identifier: EUPL-1.2
// The real program on a folder of its own, and people with tokens.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const startMs = Number(process.env.COPROG_START_MS ?? 20_000);
const stopMs = 10_000;

export class Server {
  static async start(binary, words = ['serve', '--metrics-port', 'nessuna',
    '--rate-burst', '100000', '--rate-per-second', '100000']) {
    const server = new Server(binary, mkdtempSync(join(tmpdir(), 'coprog-pagine-')));
    server.process = spawn(binary, [...words, '--data', server.data, '--port', '0']);
    server.log = '';
    server.process.stderr.on('data', (bytes) => { server.log += bytes; });
    server.url = await server.firstLine();
    return server;
  }

  constructor(binary, data) {
    this.binary = binary;
    this.data = data;
  }

  /** The program says where it listens in its first line. */
  firstLine() {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the server does not start: ${this.log}`)),
        startMs);
      this.process.stdout.on('data', (bytes) => {
        const url = String(bytes).match(/http:\/\/[^\s]+/);
        if (url) {
          clearTimeout(late);
          resolve(new URL(url[0]).origin);
        }
      });
      this.process.on('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`the server ended with ${code}: ${this.log}`));
      });
    });
  }

  async command(...words) {
    const done = await run(this.binary, [...words, '--data', this.data]);
    return done.stdout.trim();
  }

  /** A token for a new person; `where` is {office} or {party}. */
  async token(name, role, where) {
    const person = (await this.command('user', 'add', '--name', name)).split(/\s/)[0];
    const place = where.party ? ['--party', where.party] : ['--office', where.office];
    const secret = await this.command('token', 'create', '--person', person, '--role', role,
      ...place, '--until', '2099-12-31');
    return { secret: secret.split(/\s/)[0], person, role };
  }

  async stop() {
    if (this.process.exitCode === null) {
      const ended = new Promise((resolve) => { this.process.once('exit', resolve); });
      const hard = setTimeout(() => this.process.kill('SIGKILL'), stopMs);
      this.process.kill('SIGTERM');
      await ended;
      clearTimeout(hard);
    }
    rmSync(this.data, { recursive: true, force: true });
  }

  keepLog(path) {
    writeFileSync(path, this.log);
  }
}

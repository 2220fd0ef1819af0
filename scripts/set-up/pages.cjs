const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { nodeFor } = require('./packages.cjs');
const { SetUpProblem, say } = require('./problem.cjs');
const { run } = require('./run.cjs');

const SOURCES = ['web', 'server/http/contract', 'server/domain', 'package-lock.json'];

const pagesOf = (root) => path.join(root, 'dist', 'web');
const stampOf = (pages) => path.join(pages, '.built-from');

/** Whether the built pages were made from the sources as they are now. */
function pagesBuilt(root) {
  const stamp = stampOf(pagesOf(root));
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOf(root);
}

/** By content, not by time: git sets new times on files that did not change. */
function digestOf(root) {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesIn(root, source)) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function filesIn(root, name) {
  if (!statSync(path.join(root, name)).isDirectory()) return [name];
  const names = readdirSync(path.join(root, name)).filter((entry) => !entry.startsWith('.'));
  return names.sort().flatMap((entry) => filesIn(root, `${name}/${entry}`));
}

/** Builds beside the pages that are there and then takes their place, so that a running server always has a whole set to serve. */
async function buildPages(root) {
  say('building the pages …');
  const began = Date.now();
  const pages = pagesOf(root);
  const [next, old] = [`${pages}-next`, `${pages}-old`];
  const digest = digestOf(root);
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', 'web', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn'];
  const { code, output } = await run(nodeFor(root), args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
  if (code !== 0) throw SetUpProblem.from('The pages could not be built', output);
  writeFileSync(stampOf(next), digest);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(pages)) renameSync(pages, old);
  renameSync(next, pages);
  rmSync(old, { recursive: true, force: true });
  say(`pages built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}

module.exports = { buildPages, pagesBuilt };

const { randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { say } = require('./problem.cjs');

const BEAT_MS = 1_000;
const SILENT_MS = 15_000;

/**
 * Does the work while no other set-up of this folder does. A holder shows by touching the file that it lives; one that was
 * killed is known by its process, or where that can't be seen (another container), by its silence.
 */
async function withLock(file, work) {
  const token = JSON.stringify({ host: os.hostname(), pid: process.pid, id: randomUUID() });
  mkdirSync(path.dirname(file), { recursive: true });
  await take(file, token);
  const beat = setInterval(() => touch(file), BEAT_MS);
  const release = () => {
    if (read(file) === token) rmSync(file, { force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.removeListener('exit', release);
    release();
  }
}

async function take(file, token) {
  let told = false;
  while (!create(file, token)) {
    const holder = read(file);
    if (holder === null) continue;
    if (abandoned(file, holder)) {
      rmSync(file, { force: true });
      // Two that find the same abandoned lock: the one whose file was removed by the other waits again.
      if (create(file, token)) await sleep(200);
      if (read(file) === token) return;
      continue;
    }
    if (!told) say('another one is at work in this folder, waiting for it …');
    told = true;
    await sleep(200);
  }
}

function create(file, token) {
  try {
    writeFileSync(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(file) {
  return ifThere(() => readFileSync(file, 'utf8'));
}

function touch(file) {
  const now = new Date();
  ifThere(() => utimesSync(file, now, now));
}

function ifThere(act) {
  try {
    return act();
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function abandoned(file, holder) {
  const touched = ifThere(() => statSync(file).mtimeMs);
  if (touched === null) return false;
  if (Date.now() - touched > SILENT_MS) return true;
  const [, host, pid] = /^\{"host":"([^"]*)","pid":(\d+),/.exec(holder) ?? [];
  return host === os.hostname() && !alive(Number(pid));
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

module.exports = { withLock };

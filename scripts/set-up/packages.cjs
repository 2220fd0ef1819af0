const { existsSync, readFileSync, rmSync, statfsSync } = require('node:fs');
const path = require('node:path');
const { SetUpProblem, say } = require('./problem.cjs');
const { run } = require('./run.cjs');

const NEEDED_BYTES = 700e6;
// npm waits 70 s between its attempts by default: too long for someone who is only offline.
const NPM_ARGUMENTS = [
  'ci',
  '--loglevel=error',
  '--include=dev',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=10000',
];

/** Where the Node that the project brings is, once it is installed. */
function packagedNode(root) {
  return path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The Node to run the project on. On the first start, the one that runs this script is the machine's and may be too old. */
function nodeFor(root) {
  return existsSync(packagedNode(root)) ? packagedNode(root) : process.execPath;
}

/**
 * Whether node_modules holds what the lockfile says. npm writes its own account of a finished installation last, so that
 * an interrupted one has none.
 */
function packagesInstalled(root) {
  const installed = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  if (wanted === null) throw new SetUpProblem(`${root} has no readable package-lock.json: restore it from git.`);
  if (installed === null || !(existsSync(packagedNode(root)) || runsOnThisNode())) return false;
  return (
    Object.keys(installed).every((name) => name in wanted) &&
    Object.entries(wanted).every(([name, entry]) => {
      const found = installed[name];
      if (found === undefined) return name === '' || !neededHere(entry);
      if (found.version !== entry.version || found.integrity !== entry.integrity) return false;
      return existsSync(path.join(root, name, 'package.json'));
    })
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** npm leaves optional packages out where they don't fit: other systems, other C libraries, and what only those need. */
function neededHere({ optional, os, cpu, libc }) {
  if (!optional) return true;
  const named = os !== undefined && cpu !== undefined && libc === undefined;
  return named && os.includes(process.platform) && cpu.includes(process.arch);
}

function runsOnThisNode() {
  return Number(process.versions.node.split('.')[0]) >= 24;
}

async function installPackages(root) {
  say('installing the packages (half a minute, 700 MB) …');
  const began = Date.now();
  rmSync(path.join(root, 'node_modules', '.package-lock.json'), { force: true });
  const { code, output } = await run('npm', [...NPM_ARGUMENTS, '--prefix', root], { cwd: root, env: outsideOf(root) });
  if (code === 127) {
    throw new SetUpProblem(
      "npm can't be started. It comes with Node: install Node from https://nodejs.org, then run the same command again.",
    );
  }
  if (code !== 0) throw SetUpProblem.from('The packages could not be installed', `${output}${diskFull(root)}`);
  await settleNode(root);
  say(`packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** The environment without the project's own programs in front: npm would run on the Node that it is about to replace. */
function outsideOf(root) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const outside = (folder) => !path.resolve(folder).startsWith(path.join(root, 'node_modules'));
  return { ...process.env, [key]: (process.env[key] ?? '').split(path.delimiter).filter(outside).join(path.delimiter) };
}

/** A full disk shows in many ways (a package.json cut short, for one) before it shows as itself. */
function diskFull(root) {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize < NEEDED_BYTES ? `\nENOSPC: ${Math.round((bavail * bsize) / 1e6)} MB are free in ${root}` : '';
}

/** Makes sure that there is a Node to run on, before anything fails for the want of one. */
async function settleNode(root) {
  const brought = packagedNode(root);
  if (existsSync(brought) && (await run(brought, ['--version'], {})).code === 0) return;
  if (!runsOnThisNode()) {
    throw new SetUpProblem(
      `The Node 24 that npm installs with the project is missing or does not run here (are npm's install scripts switched off?): ` +
        'install Node 24 or newer from https://nodejs.org, then run the same command again.',
    );
  }
  // npm puts it in front of the machine's own Node, where it would be found first.
  rmSync(brought, { force: true });
}

module.exports = { installPackages, nodeFor, packagesInstalled };

import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const MAC_APPLICATIONS = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
// No sandbox: as root, Chromium has none. Nothing goes out by itself: the tests need no network.
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the machine's Chromium, Chrome or Edge; a Debian without one gets one. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: FLAGS });
}

/** The program named by WHETSTONE_BROWSER, else the first that is found, else one that is installed now where that is possible. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment.WHETSTONE_BROWSER;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`WHETSTONE_BROWSER names ${named}, which is not there: let it name a Chromium, Chrome or Edge.`);
  }
  const found = places(environment).find(isProgram);
  return found ?? installChromium(environment);
}

function places(environment: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') {
    return MAC_APPLICATIONS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const roots = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA];
    return roots.flatMap((root) => (root === undefined ? [] : WINDOWS_PROGRAMS.map((name) => path.join(root, name))));
  }
  const folders = (environment.PATH ?? '').split(path.delimiter);
  return PROGRAMS.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

function installChromium(environment: NodeJS.ProcessEnv): string {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!canInstall) {
    throw new Error(
      'The browser tests found no Chromium, Chrome or Edge. Install one (on Debian: apt-get install chromium), or let WHETSTONE_BROWSER name its program.',
    );
  }
  process.stderr.write('No browser found: installing chromium with apt-get (a minute or two) …\n');
  const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'pipe' });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, stdio: 'pipe' });
  } catch (cause) {
    throw new Error('chromium could not be installed: run `apt-get install chromium` and see what it says.', { cause });
  }
  return '/usr/bin/chromium';
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

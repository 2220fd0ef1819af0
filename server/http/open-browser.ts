import { spawn } from 'node:child_process';

/** Shows an address in the person's browser, where the machine has a screen. Whether it worked does not matter: the address was printed. */
export function openBrowser(url: string): void {
  const opener = openerFor(process.platform, process.env);
  if (opener === null) return;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.once('error', () => process.stderr.write(`No browser could be opened. Open ${url} yourself.\n`));
  child.unref();
}

type Command = readonly [command: string, ...args: string[]];

/** The program that opens addresses; null where nothing could be shown. */
export function openerFor(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): Command | null {
  if (environment.CI !== undefined) return null;
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return environment.DISPLAY === undefined && environment.WAYLAND_DISPLAY === undefined ? null : ['xdg-open'];
}

// Usage: dev.mjs [--port N] [--data DIR]: the server, restarted when its files change, and the pages, reloaded when theirs do.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';

const root = path.dirname(import.meta.dirname);
const { values } = parseArgs({ options: { port: { type: 'string', default: '4300' }, data: { type: 'string' } } });
const target = `http://127.0.0.1:${values.port}`;

const server = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', path.join(root, 'server', 'main.ts'), 'serve', '--port', values.port].concat(
    values.data === undefined ? [] : ['--data', values.data],
  ),
  { stdio: 'inherit' },
);

const pages = await createServer({
  root: path.join(root, 'web'),
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': {
        target,
        changeOrigin: true,
        // The server answers its own pages only; in development they come from Vite's port.
        configure: (proxy) => proxy.on('proxyReq', (request) => request.setHeader('origin', target)),
      },
    },
  },
});
await pages.listen();
pages.printUrls();

async function end(code) {
  server.kill();
  await pages.close();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end(0));
server.on('exit', (code) => end(code ?? 0));

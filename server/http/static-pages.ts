import { access } from 'node:fs/promises';
import path from 'node:path';
import express, { type Application, type Request, type Response } from 'express';
import { missing } from '../domain/errors.ts';

const notBuilt = `The pages are not built. Stop the server and start it with "npm start", which builds them.
During development "npm run dev" serves them at an address of its own.
`;

/** Serves the built pages. Every address that names no file is a view of the one page. */
export function servePages(app: Application, folder: string): void {
  // Their names carry a hash of their content.
  const assets = { index: false, immutable: true, maxAge: '1y' } as const;
  app.use('/assets', express.static(path.join(folder, 'assets'), assets), (request) => {
    throw missing(
      'page_missing',
      `There is no ${request.originalUrl}. Reload the page: it may be of an older version.`,
    );
  });
  app.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (response, file) => response.set('Cache-Control', file.endsWith('.html') ? 'no-store' : 'no-cache'),
    }),
  );
  app.get('/{*view}', (_request, response) => sendPage(response, folder));
  app.use((request: Request) => {
    throw missing('page_missing', `There is no ${request.method} ${request.path}.`);
  });
}

async function sendPage(response: Response, folder: string): Promise<void> {
  const built = await access(path.join(folder, 'index.html')).then(
    () => true,
    () => false,
  );
  response.set('Cache-Control', 'no-store');
  if (built) response.sendFile('index.html', { root: folder, cacheControl: false });
  else response.status(503).type('text').send(notBuilt);
}

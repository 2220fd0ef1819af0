/** The least that serving a prompt can be: an Express route that answers with the bytes it was given, and knows their tag. */
import { readFileSync } from 'node:fs';
import express from 'express';

const [file = '', tag = ''] = process.argv.slice(2);
const served: unknown = JSON.parse(readFileSync(file, 'utf8'));
const app = express();
app.get('/api/prompts/:project/:prompt/:label', (request, response) => {
  response.set({ ETag: tag, 'Cache-Control': 'no-cache' });
  if (request.get('If-None-Match') === tag) response.status(304).end();
  else response.json(served);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  console.log(`http://127.0.0.1:${address.port}`);
});

import type { Application } from 'express';
import { listPrices, setPrice, tableAge, takePriceBack } from '../../services/models/prices.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

const today = (): string => new Date().toISOString().slice(0, 10);

export function bindPrices(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/prices', async () => ({
    table: tableAge(workbench, new Date()),
    ...(await listPrices(workbench)),
  }));
  handle(app, 'GET /api/prices/changes', async ({ query }) => ({
    changes: await workbench.stores.prices.history(query.subject),
  }));
  handle(app, 'PUT /api/prices', ({ body: { model, input, cachedInput, output, asOf = today(), ...said } }) =>
    setPrice(workbench, { kind: 'price', subject: model, value: { input, cachedInput, output }, asOf, ...said }),
  );
  handle(app, 'PUT /api/prices/batch-share', ({ body: { connection, share, asOf = today(), ...said } }) =>
    setPrice(workbench, { kind: 'batch_share', subject: connection, value: share, asOf, ...said }),
  );
  handle(app, 'POST /api/prices/take-back', ({ body }) => takePriceBack(workbench, { ...body, asOf: today() }));
}

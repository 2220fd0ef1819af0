import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tableAge } from '../../../server/services/models/prices.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { pricesOf } from '../../fixtures/prices-of.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
beforeEach(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
});
afterEach(async () => {
  await server.close();
  await test.close();
});

const own = { input: 3, cachedInput: 0.3, output: 15 };
const set = (model: string, price = own, more = {}) =>
  server.call('PUT /api/prices', { body: { model, ...price, source: 'its price list', author: 'Ada', ...more } });
const listed = async (model: string) =>
  (await server.call('GET /api/prices')).prices.find((price) => price.model === model);
const modelPrice = async () =>
  (await server.call('GET /api/models')).models.find(({ reference }) => reference === testModel)?.price;

describe('prices', () => {
  it('are those of the program with their day, until a person says another', async () => {
    const { table, prices, batchShares } = await server.call('GET /api/prices');
    expect(table).toMatchObject({ date: test.workbench.prices.shipped.date, ageDays: expect.any(Number) });
    expect(table.old).toBe(table.ageDays > 90);
    const shipped = { input: 0.25, cachedInput: 0.025, output: 2 };
    expect(prices).toContainEqual({ model: 'openai/gpt-5-mini', shipped, own: null });
    expect(batchShares).toEqual([{ connection: 'openai', shipped: 0.5, own: null }]);

    await set('openai/gpt-5-mini', own, { asOf: '2026-11-29' });
    expect(await listed('openai/gpt-5-mini')).toMatchObject({
      shipped,
      own: { price: own, asOf: '2026-11-29', source: 'its price list', author: 'Ada' },
    });
  });

  it('count at once in whatever is priced, and no longer once they are taken back', async () => {
    expect(await modelPrice()).toEqual({ input: 0, cachedInput: 0, output: 0 });
    await set(testModel);
    expect(await modelPrice()).toEqual(own);
    const other = await test.openAnother();
    expect((await other.prices.table()).prices[testModel]).toEqual(own);
    const back = { kind: 'price', subject: testModel, author: 'Bob' } as const;
    await server.call('POST /api/prices/take-back', { body: back });
    expect(await modelPrice()).toEqual({ input: 0, cachedInput: 0, output: 0 });
    expect(await listed(testModel)).toBeUndefined();
    expect(await server.refusal('POST /api/prices/take-back', { body: back })).toMatchObject({
      status: 404,
      code: 'price_missing',
    });
    const { changes } = await server.call('GET /api/prices/changes', { query: { subject: testModel } });
    expect(changes).toMatchObject([
      { value: null, author: 'Bob' },
      { value: own, author: 'Ada' },
    ]);
  });

  it('of a connection in batches are a share that can be said and taken back', async () => {
    const body = { connection: 'openai', share: 0.4, source: 'its price list', author: '' };
    await server.call('PUT /api/prices/batch-share', { body });
    const shares = async () => (await server.call('GET /api/prices')).batchShares;
    expect(await shares()).toMatchObject([{ connection: 'openai', shipped: 0.5, own: { share: 0.4 } }]);
    expect((await test.workbench.prices.table()).batchShares).toEqual({ openai: 0.4 });
    await server.call('POST /api/prices/take-back', { body: { kind: 'batch_share', subject: 'openai' } });
    expect(await shares()).toEqual([{ connection: 'openai', shipped: 0.5, own: null }]);
  });

  it('need a model, a source and figures that can be', async () => {
    const refused = async (change: object) =>
      (
        await server.refusal('PUT /api/prices', {
          body: { model: 'lab/big', input: 1, output: 1, source: 'a list', ...change },
        })
      ).code;
    expect(await refused({ model: 'big' })).toBe('model_reference_invalid');
    expect(await refused({ source: '  ' })).toBe('price_source_missing');
    expect(await refused({ input: -1 })).toBe('request_invalid');
    expect(await refused({ asOf: '2026-02-31' })).toBe('request_invalid');
  });

  it('may be changed by an editor and not by a viewer, under their own name', async () => {
    const as = (token: string) => ({ authorization: `Bearer ${token}` });
    const add = async (name: string, role: 'viewer' | 'editor', token?: string): Promise<string> => {
      const sent = { body: { name, role } };
      const response = await server.send('POST /api/people', sent, token === undefined ? {} : as(token));
      return (await response.json()).token;
    };
    const approver = await add('Ada', 'editor');
    const [viewer, editor] = [await add('Vic', 'viewer', approver), await add('Ed', 'editor', approver)];
    const body = { model: 'lab/big', ...own, source: 'a list', author: 'Somebody' };
    expect((await server.send('PUT /api/prices', { body }, as(viewer))).status).toBe(403);
    expect((await server.send('PUT /api/prices', { body })).status).toBe(401);
    const said = await server.send('PUT /api/prices', { body }, as(editor));
    expect(await said.json()).toMatchObject({ author: 'Ed' });
  });
});

it('a table is old after 90 days', () => {
  const prices = pricesOf({});
  const age = (day: string) => tableAge({ prices }, new Date(`${day}T12:00:00Z`));
  expect(age('2026-04-01')).toMatchObject({ date: '2026-01-01', ageDays: 90, old: false });
  expect(age('2026-04-02')).toMatchObject({ ageDays: 91, old: true });
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sameGate, unmetCriteria } from '../../../server/domain/evidence.ts';
import type { Role } from '../../../server/domain/person.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import {
  addVersion,
  readMood,
  runToEnd,
  type SeededProject,
  scopeAsking,
  seedProject,
} from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
const tokens: string[] = [];
const params = { project: 'reviews' };

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
  seeded = await seedProject(test.workbench, { size: 60, tricky: 2 });
  await addVersion(test.workbench, seeded, 'Positive or negative?');
  await addVersion(test.workbench, seeded, 'Never run.');
  await test.workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.5 }), '');
  await runToEnd(test.workbench, seeded, { version: 1 });
  await runToEnd(test.workbench, seeded, { version: 2 });
  for (const [name, role] of [
    ['Grace', 'approver'],
    ['Ada', 'approver'],
    ['Ed', 'editor'],
    ['Vera', 'viewer'],
  ] satisfies [string, Role][]) {
    const { token } = await (await server.send('POST /api/people', { body: { name, role } }, bearer(tokens[0]))).json();
    tokens.push(token);
  }
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

const version = fc.constantFrom(1, 2, 2, 3);
const overrides = fc.constantFrom([], [{ name: 'pass_rate' as const, reason: 'so be it' }]);
/** The newest so many ago. */
const id = fc.constantFrom(0, 0, 0, 1, 2);
const ago = <T extends { id: number }>(newestFirst: readonly T[], back: number): number => newestFirst[back]?.id ?? 999;
const requests = () => test.workbench.stores.releaseRequests.list(seeded.project.id);
const releases = () => test.workbench.stores.releases.list(seeded.project.id);
const author = fc.constantFrom('Ada', 'Grace', '');
const label = fc.constantFrom('production', 'staging');
type Call = (headers: Record<string, string>) => Promise<Response>;
/** Everything that could bring a label onto a version. */
const release: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ version, author }).map(
      (body): Call =>
        (headers) =>
          server.send(
            'POST /api/projects/:project/release-requests',
            { params, body: { prompt: 'classify', model: testModel, note: 'please', ...body } },
            headers,
          ),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ id, overrides, author }).map(
      ({ id: back, ...body }): Call =>
        async (headers) =>
          server.send(
            'POST /api/projects/:project/release-requests/:id/approve',
            { params: { ...params, id: ago(await requests(), back) }, body: { note: 'fine', ...body } },
            headers,
          ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ id, author }).map(
      ({ id: back, ...body }): Call =>
        async (headers) =>
          server.send(
            'POST /api/projects/:project/release-requests/:id/send-back',
            { params: { ...params, id: ago(await requests(), back) }, body: { text: 'no', ...body } },
            headers,
          ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ version, overrides, author }).map(
      (body): Call =>
        (headers) =>
          server.send(
            'POST /api/projects/:project/releases',
            { params, body: { prompt: 'classify', model: testModel, note: 'fine', ...body } },
            headers,
          ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ id, author, label }).map(
      ({ id: back, label: name, author: by }): Call =>
        async (headers) =>
          server.send(
            'PUT /api/projects/:project/prompts/:prompt/labels/:label',
            {
              params: { ...params, prompt: 'classify', label: name },
              body: { release: ago(await releases(), back), reason: 'go', author: by },
            },
            headers,
          ),
    ),
  },
  {
    weight: 1,
    arbitrary: label.map(
      (name): Call =>
        (headers) =>
          server.send(
            'POST /api/projects/:project/prompts/:prompt/labels/:label/roll-back',
            { params: { ...params, prompt: 'classify', label: name }, body: { reason: 'back', author: '' } },
            headers,
          ),
    ),
  },
);
const rescope: fc.Arbitrary<Call> = fc.constantFrom(0.5, 0.99).map(
  (targetPassRate): Call =>
    (headers) =>
      server.send(
        'PUT /api/projects/:project/scope',
        { params, body: { scope: scopeAsking({ targetPassRate }), author: '' } },
        headers,
      ),
);
const call = fc.oneof({ arbitrary: release, weight: 30 }, { arbitrary: rescope, weight: 1 });
/** Nobody, somebody with a token that is none, and each of the people. */
const who = fc.oneof(fc.integer({ min: -2, max: 3 }), fc.constantFrom(0, 1));
const headersOf = (index: number) => bearer(index === -2 ? undefined : index === -1 ? 'whet_forged' : tokens[index]);

it('a label never stands on a version whose gates were neither met nor overridden by a second person', async () => {
  const { stores } = test.workbench;
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(who, call), { minLength: 15, maxLength: 40 }), async (calls) => {
      for (const [index, send] of calls) {
        const response = await send(headersOf(index));
        await response.arrayBuffer();
        expect([200, 400, 401, 403, 404, 409]).toContain(response.status);
        if (index < 0 || index === 3) expect([401, 403]).toContain(response.status);
      }
      for (const { label: name, release } of await stores.releases.presentLabels(seeded.prompt.id)) {
        moved += 1;
        const open = unmetCriteria(release.evidence).filter(
          (criterion) => !release.overrides.some((override) => sameGate(override, criterion)),
        );
        expect({ name, open }).toEqual({ name, open: [] });
        // Ada wrote every version.
        expect(release.approvedBy).toBe('Grace');
        const request = (await stores.releaseRequests.list(seeded.project.id)).find(({ events }) =>
          events.some(({ releaseId }) => releaseId === release.id),
        );
        expect(request).toMatchObject({ evidenceDigest: release.evidenceDigest });
        expect(request?.requestedBy).not.toBe('Grace');
      }
    }),
    { numRuns: 40 },
  );
  // The sequences that were tried did bring labels onto versions.
  expect(moved).toBeGreaterThan(0);
}, 120_000);

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Answer } from '../../server/http/contract/index.ts';
import { scopeAsking } from '../fixtures/seeded-project.ts';
import { findings } from './findings.ts';
import { openStage, type Stage, settled } from './stage.ts';

type Listed = Answer<'GET /api/local-models'>;
type LocalModel = Listed['models'][number];

const project = '/projects/restaurant-reviews';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ sample: true });
});
afterAll(() => stage.close());

const small: LocalModel = {
  name: 'smollm2-135m',
  title: 'SmolLM2 135M Instruct',
  kind: 'known',
  licence: 'Apache-2.0',
  terms: null,
  parameters: 134_515_008,
  contextTokens: 8192,
  fileBytes: 98_362_432,
  memoryBytes: 700e6,
  state: { type: 'absent' },
};
const bound: LocalModel = {
  ...small,
  name: 'gemma-3-270m',
  title: 'Gemma 3 270M',
  licence: 'Gemma',
  memoryBytes: 1300e6,
  terms: { title: 'Gemma Terms of Use', url: 'https://ai.google.dev/gemma/terms', text: 'You agree to the terms.' },
};
const fetching: LocalModel['state'] = {
  type: 'fetching',
  source: 'huggingface.co',
  receivedBytes: 43_000_000,
  totalBytes: 98_362_432,
};

/** What the server says of the models of this machine, and what it was asked for. */
let models: LocalModel[];
let asked: { address: string; body: unknown }[];
beforeEach(() => {
  asked = [];
});

/** A page whose server has these models: no test of the pages waits for a real download. */
async function open(
  address: string,
  given: LocalModel[],
  answer?: (name: string) => LocalModel['state'],
): Promise<Page> {
  models = given;
  const page = await stage.open('/nowhere');
  await page.route('**/api/local-models**', async (route) => {
    const request = route.request();
    const [, name] = /local-models\/([^/]+)/.exec(request.url()) ?? [];
    if (name !== undefined) {
      asked.push({ address: new URL(request.url()).pathname, body: request.postDataJSON() });
      models = models.map((model) =>
        model.name === name && answer !== undefined ? { ...model, state: answer(name) } : model,
      );
    }
    const listed: Listed = { models, availableMemoryBytes: 1e9 };
    const body = name === undefined ? listed : models.find((model) => model.name === name);
    await route.fulfill({ json: body });
  });
  await page.goto(`${stage.url}${address}`);
  await settled(page);
  return page;
}

/** Makes the runs of the sample ones that wait for, or were given up for, the model of this machine. */
async function withRunsOfModel(page: Page, status: 'queued' | 'cancelled'): Promise<void> {
  await page.route('**/api/projects/*/runs', async (route) => {
    const response = await route.fetch();
    const { runs }: Answer<'GET /api/projects/:project/runs'> = await response.json();
    await route.fulfill({ json: { runs: runs.map((run) => ({ ...run, model: 'local/smollm2-135m', status })) } });
  });
  await page.reload();
  await settled(page);
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
}

const card = (page: Page, title: string) => page.getByRole('article', { name: title });

it('fetches a model with terms only for one who has agreed to them', async () => {
  const page = await open('/models', [small, bound], () => fetching);
  const model = card(page, bound.title);
  expect(await model.innerText()).toContain('Does not fit: it takes 1.3 GB of memory, and 1 GB are free.');
  await model.getByRole('button', { name: 'Fetch' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('You agree to the terms.').waitFor();
  await expectAccessible(page);
  const agree = dialog.getByRole('button', { name: 'Agree and fetch' });
  expect(await agree.isDisabled()).toBe(true);
  await dialog.getByRole('checkbox').check();
  await agree.click();
  await model.getByText('43 MB of 98 MB · from huggingface.co').waitFor();
  expect(asked).toEqual([{ address: '/api/local-models/gemma-3-270m/fetch', body: { acceptTerms: true } }]);
  await page.context().close();
});

it('shows how far a fetch is, follows it without being asked, and stops it', async () => {
  const page = await open('/models', [{ ...small, state: fetching }], () => ({ type: 'absent' }));
  const model = card(page, small.title);
  const bar = model.getByRole('progressbar');
  expect(await bar.getAttribute('aria-valuetext')).toContain('43 MB of 98 MB');
  await expectAccessible(page);
  models = [{ ...small, state: { ...fetching, receivedBytes: 90_000_000 } }];
  await model.getByText('90 MB of 98 MB').waitFor();
  await model.getByText('/s ·').waitFor();
  await model.getByRole('button', { name: 'Stop' }).click();
  await model.getByText('not here').waitFor();
  expect(asked.map(({ address }) => address)).toEqual(['/api/local-models/smollm2-135m/stop']);
  await page.context().close();
});

it('says why a fetch failed and tries again', async () => {
  const failed: LocalModel = { ...small, state: { type: 'failed', reason: 'The disk is full.' } };
  const page = await open('/models', [failed], () => fetching);
  await card(page, small.title).getByText('The disk is full.').waitFor();
  await expectAccessible(page);
  await card(page, small.title).getByRole('button', { name: 'Fetch again' }).click();
  await card(page, small.title).getByText('being fetched').waitFor();
  expect(asked).toEqual([{ address: '/api/local-models/smollm2-135m/fetch', body: { acceptTerms: false } }]);
  await page.context().close();
});

it('tells on the pages of a project what its runs wait for, and no longer once it is there', async () => {
  const page = await open(project, [{ ...small, state: fetching }]);
  const banner = page.getByRole('region', { name: 'Model of this machine' });
  expect(await banner.count()).toBe(0);
  await withRunsOfModel(page, 'queued');
  await banner.getByText('43 MB of 98 MB').waitFor();
  await expectAccessible(page);
  models = [{ ...small, state: { type: 'ready', path: '/models/small.gguf', sha256: 'a'.repeat(64) } }];
  await banner.waitFor({ state: 'detached' });
  await page.context().close();
});

it('tells that the stand-in answers where the model can’t be had, with the reason', async () => {
  const page = await open(project, [{ ...small, state: { type: 'failed', reason: 'There is no network.' } }]);
  await withRunsOfModel(page, 'cancelled');
  const banner = page.getByRole('region', { name: 'Model of this machine' });
  expect(await banner.innerText()).toContain('The stand-in, which is no language model, answers meanwhile.');
  expect(await banner.innerText()).toContain('There is no network.');
  await page.goto(`${stage.url}/`);
  await settled(page);
  await banner.getByText('There is no network.').waitFor();
  await page.context().close();
});

it('says whose privacy setting counts, which models it allows, and why not the others', async () => {
  const { projects } = stage.workbench.stores;
  const { id } = await projects.create('Private');
  await projects.saveScope(id, scopeAsking({ dataMayLeave: false }), 'Ada');
  const page = await open('/models', [small]);
  // The models of these tests are all on this machine: one is said to be elsewhere.
  await page.route('**/api/models?project=*', async (route) => {
    const asksPrivate = new URL(route.request().url()).searchParams.get('project') === 'private';
    const listed: Answer<'GET /api/models'> = await (await route.fetch()).json();
    const moved = listed.models.map((model) =>
      model.standIn ? model : { ...model, destination: 'network', allowed: !asksPrivate },
    );
    await route.fulfill({ json: { ...listed, models: moved } });
  });
  await page.goto(`${stage.url}/models?project=private`);
  await settled(page);
  const remote = page.getByRole('row', { name: /openai\/test-model/ });
  await remote.getByText('the data would leave this machine').waitFor();
  await page
    .getByRole('row', { name: /builtin\/lexicon/ })
    .getByText('allowed')
    .waitFor();
  await page.getByText('Its data stays on this machine.').waitFor();
  await expectAccessible(page);
  await page.getByRole('combobox', { name: 'Allowed for the project' }).click();
  await page.getByRole('option', { name: 'Restaurant reviews' }).click();
  await page.getByText('Its data may leave this machine.').waitFor();
  await remote.getByText('not allowed').waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('project')).toBe('restaurant-reviews');
  await page.context().close();
});

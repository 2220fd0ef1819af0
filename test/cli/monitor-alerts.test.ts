import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { createStores, type Stores } from '../../server/storage/stores.ts';
import { bareCall } from '../fixtures/production-calls.ts';
import { seedProject } from '../fixtures/seeded-project.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';

let spawned: CommandLine;
let cli: CommandLine;
beforeEach(async () => {
  spawned = await openCommandLine();
  cli = inThisProcess(spawned);
});
afterEach(() => spawned.remove());

/** What a server did before the command. */
async function before(work: (stores: Stores) => Promise<void>): Promise<void> {
  const { database } = await openDatabase(spawned.data);
  await work(createStores(database));
  await database.destroy();
}

/** "Reviews" with a rule of silence, and disliked calls that came two hours ago. */
const observe = (reviews: readonly string[]) =>
  before(async (stores) => {
    const { project } = await seedProject({ stores });
    await stores.alerts.addRule({ projectId: project.id, condition: { kind: 'silence', hours: 1 }, author: 'Ada' });
    for (const review of reviews) {
      await stores.observations.add({
        projectId: project.id,
        releaseId: null,
        input: { review },
        output: 'positive',
        ...bareCall,
        feedback: 'down',
        createdAt: new Date(Date.now() - 7_200_000).toISOString(),
      });
    }
  });

test('monitor check ends with 1 while an alert fires, and tells it once', async () => {
  await observe(['Hm.']);
  const check = ['monitor', 'check', '--project', 'reviews'];
  const first = await cli.run(...check, '--json');
  expect(first.code).toBe(1);
  expect(JSON.parse(first.stdout)).toMatchObject({
    firing: 1,
    rules: [{ state: 'firing', condition: { kind: 'silence', hours: 1 }, evidence: { kind: 'silence', hours: 1 } }],
    deliveries: [],
  });
  const second = await cli.run(...check);
  expect([second.code, second.stdout]).toEqual([
    1,
    expect.stringMatching(/FIRING +no answered call for 1 h +last sign at 20/),
  ]);
  await before(async (stores) => {
    const project = await stores.projects.find('reviews');
    if (project === null) throw new Error('the project was made');
    expect(await stores.alerts.history(project.id, 10)).toHaveLength(1);
    const [rule] = await stores.alerts.rules(project.id);
    if (rule === undefined) throw new Error('the rule was made');
    await stores.alerts.removeRule(rule.id);
  });
  const third = await cli.run(...check);
  expect([third.code, third.stdout]).toEqual([0, expect.stringContaining('No rule watches this project yet')]);
});

test('monitor to-set adds one of each near-duplicate as one version, and says what is not labelled', async () => {
  const long = 'We waited for an hour although the room was empty, and then the soup came cold, the bread was stale';
  await observe([`${long}.`, `${long}!!`, 'Something else.', 'A GOOD dinner, number 1']);
  const toSet = ['monitor', 'to-set', '--project', 'reviews', '--set', 'labelled', '--feedback', 'down'];
  expect(await cli.json(...toSet, '--dry-run')).toMatchObject({ added: 0, candidates: [3, 2], nearDuplicates: 2 });
  expect(await cli.json(...toSet, '--tag', 'complaint', '--by', 'Ada')).toEqual({
    set: 'labelled',
    setVersion: 2,
    added: 2,
    withoutExpected: 2,
    already: 0,
    nearDuplicates: 2,
    more: false,
  });
  const again = await cli.run(...toSet);
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('0 calls would be added to labelled')]);
  const wrong = await cli.run(...toSet, '--limit', '501', '--json');
  expect(wrong.code).toBe(2);
});

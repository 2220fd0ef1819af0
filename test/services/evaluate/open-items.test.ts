import { expect, it } from 'vitest';
import { type OpenItem, openItems } from '../../../server/services/evaluate/open-items.ts';
import { prepareRunWork } from '../../../server/services/evaluate/run-work.ts';
import { openRunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

const cases = 12;

/** The texts of the items that a run would ask, in their order. */
async function textsOf(model: string): Promise<string[]> {
  const lab = await openRunLab({ cases });
  try {
    const run = await lab.create({ model, split: 'all', repeats: 2 });
    const work = await prepareRunWork(lab.workbench, run);
    const items: OpenItem[] = [];
    for await (const item of openItems(lab.workbench.stores, work, { retryErrors: false })) items.push(item);
    return items.map(
      ({ call, repeat }) => `${call.type === 'ready' ? call.request.messages[0]?.content : ''} ${repeat}`,
    );
  } finally {
    await lab.close();
  }
}

const inOrder = Array.from({ length: cases }, (_, index) => [0, 1].map((repeat) => `${index} ${repeat}`)).flat();

it('comes in the order of the set where the model is elsewhere', async () => {
  expect(await textsOf(testModel)).toEqual(inOrder.map((end) => `positive or negative? Review number ${end}`));
});

it('comes with equal beginnings next to each other where the model runs in this process', async () => {
  const byText = inOrder.toSorted();
  expect(byText.slice(2, 8)).toEqual(['1 0', '1 1', '10 0', '10 1', '11 0', '11 1']);
  expect(await textsOf('builtin/lexicon')).toEqual(byText.map((end) => `positive or negative? Review number ${end}`));
});

import { expect, it } from 'vitest';
import { proposedModel } from '../../web/src/components/proposed-model.ts';

const inside = { reference: 'local/smollm2-135m', standIn: false };
const lexicon = { reference: 'builtin/lexicon', standIn: true };
const elsewhere = { reference: 'openai/gpt-5-mini', standIn: false };
const absent = [{ name: 'smollm2-135m', state: { type: 'absent' as const } }];
const ready = [{ name: 'smollm2-135m', state: { type: 'ready' as const, path: '', sha256: '' } }];

it.each([
  ['the first real one', [lexicon, inside, elsewhere], ready, 'local/smollm2-135m'],
  ['none whose file was never fetched', [lexicon, inside, elsewhere], absent, 'openai/gpt-5-mini'],
  ['the stand-in before one whose file is missing', [lexicon, inside], absent, 'builtin/lexicon'],
  ['what there is', [inside], absent, 'local/smollm2-135m'],
  ['nothing where there is none', [], absent, null],
])('a run is proposed with %s', (_, models, local, expected) => {
  expect(proposedModel(models, local)).toBe(expected);
});

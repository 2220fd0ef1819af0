import type { Answer, SentBody } from '../../../../../server/http/contract/index.ts';

export type RedactionView = Answer<'GET /api/projects/:project/redaction'>;
export type Rules = SentBody<'PUT /api/projects/:project/redaction'>['rules'];
export type Detector = Rules['detectors'][number];

/** In the order in which they are offered. */
export const detectors = [
  'api-key',
  'email',
  'phone',
  'chinese-id',
  'credit-card',
  'iban',
  'ip-address',
] as const satisfies readonly Detector[];

/** Rules while they are typed: words a line each, rows with a number of their own. */
export type RulesDraft = {
  detectors: readonly Detector[];
  words: string;
  patterns: readonly { id: number; name: string; pattern: string }[];
  fields: readonly { id: number; path: string; action: 'drop' | 'replace' }[];
  numbered: boolean;
};

export const draftOf = ({ detectors, words, patterns, fields, numbered }: Rules): RulesDraft => ({
  detectors,
  numbered,
  words: words.join('\n'),
  patterns: patterns.map((row, id) => ({ id, ...row })),
  fields: fields.map((row, id) => ({ id, ...row })),
});

/** What a draft says; rows without a word are left out. */
export const rulesOf = ({ words, patterns, fields, ...draft }: RulesDraft): Rules => ({
  ...draft,
  detectors: detectors.filter((name) => draft.detectors.includes(name)),
  words: words
    .split('\n')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
  patterns: patterns
    .map(({ name, pattern }) => ({ name: name.trim(), pattern }))
    .filter(({ name, pattern }) => name !== '' || pattern !== ''),
  fields: fields.map(({ path, action }) => ({ path: path.trim(), action })).filter(({ path }) => path !== ''),
});

/** Whether two say the same. */
export const sameRules = (a: Rules, b: Rules): boolean =>
  JSON.stringify(rulesOf(draftOf(a))) === JSON.stringify(rulesOf(draftOf(b)));

export type RuleChange = {
  sign: 'added' | 'removed';
  kind: 'detector' | 'word' | 'pattern' | 'field' | 'numbered';
  text: string;
};

/** What a version changed of the one before it. */
export function changesBetween(before: Rules, after: Rules): RuleChange[] {
  return [
    ...changesOf('detector', before.detectors, after.detectors),
    ...changesOf('word', before.words, after.words),
    ...changesOf('pattern', before.patterns.map(patternText), after.patterns.map(patternText)),
    ...changesOf('field', before.fields.map(fieldText), after.fields.map(fieldText)),
    ...(before.numbered === after.numbered
      ? []
      : [{ sign: after.numbered ? 'added' : 'removed', kind: 'numbered', text: '' } as const]),
  ];
}

const patternText = ({ name, pattern }: Rules['patterns'][number]) => `[${name}] ${pattern}`;
const fieldText = ({ path, action }: Rules['fields'][number]) => `${path} (${action})`;

function changesOf(kind: RuleChange['kind'], before: readonly string[], after: readonly string[]): RuleChange[] {
  return [
    ...after.filter((text) => !before.includes(text)).map((text) => ({ sign: 'added' as const, kind, text })),
    ...before.filter((text) => !after.includes(text)).map((text) => ({ sign: 'removed' as const, kind, text })),
  ];
}

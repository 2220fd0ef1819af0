import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultId, RunId } from '../../../server/domain/ids.ts';
import { alignRuns, type CaseOutcome } from '../../../server/domain/run-alignment.ts';
import { htmlReport, reportPolicy } from '../../../server/formats/html-report/index.ts';
import type { Report, ReportCase, ReportRun } from '../../../server/formats/html-report/report.ts';
import { template } from '../../../server/formats/html-report/template.ts';
import { tableOf } from '../../domain/case-table.ts';

const run = (more: Partial<ReportRun> = {}): ReportRun => ({
  id: 12 as RunId,
  project: 'reviews',
  prompt: 'sentiment',
  version: 3,
  set: 'dinner',
  setVersion: 2,
  model: 'openai/test-model',
  standIn: false,
  parameters: { temperature: 0 },
  status: 'completed',
  statusReason: '',
  note: '',
  codeVersion: '0.1.0',
  servedModel: null,
  createdAt: '2026-11-24T10:00:00Z',
  split: 'all',
  scorers: ['label'],
  passed: 42,
  failed: 8,
  noAnswer: 1,
  errors: 0,
  n: 50,
  passRate: 0.84,
  interval: [0.714858, 0.916626],
  total: 50,
  done: 50,
  inputTokens: 1234,
  outputTokens: 50,
  cachedInputTokens: 0,
  costUsd: 0.0012,
  cached: 0,
  judgingCostUsd: 0,
  judges: [],
  wallMs: 1000,
  latencyP50Ms: 100,
  latencyP95Ms: 200,
  bySplit: {},
  ...more,
});
const failedCase = (text: string): ReportCase => ({
  key: text,
  input: text,
  expected: text,
  group: null,
  answers: [{ outcome: 'failed', output: text, error: null, explanations: [text] }],
});
const runReport = (text: string, more: Partial<ReportRun> = {}): Report => ({
  type: 'run',
  createdAt: '2026-11-24T12:00:00Z',
  run: run({ note: text, model: text, servedModel: text, ...more }),
  messages: [{ role: 'user', content: text }],
  comments: [{ text, author: text, createdAt: '2026-11-24T11:00:00Z', resolved: true }],
  tags: [{ name: text, passRate: 0.5, interval: [0.2, 0.8], n: 10 }],
  metrics: [{ name: text, passRate: 0.5, interval: [0.2, 0.8], n: 10 }],
  repeats: [{ name: 'pass^3', passRate: 0.4, interval: [0.2, 0.6], n: 10 }],
  flaky: { count: 2, n: 10 },
  groups: { cases: 10, groups: 4, passRate: 0.5, interval: [0.1, 0.9] },
  labels: [],
  cases: [failedCase(text)],
  caseCount: 8,
});

const outcomes = (kinds: Record<string, 'passed' | 'failed'>) =>
  new Map<string, CaseOutcome>(
    Object.entries(kinds).map(([key, outcome]) => [key, { key, outcome, resultId: 1 as ResultId, repeats: [outcome] }]),
  );
const keys = Array.from({ length: 10 }, (_, index) => `c${index}`);
const all = (outcome: 'passed' | 'failed') => outcomes(Object.fromEntries(keys.map((key) => [key, outcome])));
function comparisonReport(text: string): Report {
  const { pairs } = alignRuns(tableOf([all('failed'), all('passed'), all('failed')]));
  return {
    type: 'comparison',
    createdAt: '2026-11-24T12:00:00Z',
    runs: [run(), run({ id: 13 as RunId }), run({ id: 14 as RunId, note: text })],
    pairs: pairs.map((pair) => ({ ...pair, warnings: [{ code: 'other_scorers', message: text }] })),
    cases: [{ ...failedCase(text), group: 'fixed', answers: [...failedCase(text).answers, null, null] }],
    caseCount: 10,
  };
}
const reports = { run: runReport, comparison: comparisonReport };

const hostile = [
  '<script>document.title = "taken"</script>',
  '</div></article></main><h1>Approved</h1>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '{{constructor.constructor "return process"}} {{{this}}} {{> partial}} {{#each this}}{{/each}}',
  '</style><style>*{display:none}</style>',
  '<!-- <meta http-equiv="refresh" content="0;url=http://example.com"> -->',
  '$& $1 $` STYLES CHART',
];
/** The document's own marks, without its texts. */
const marks = (html: string) => html.replace(/="[^"]*"/g, '=""').match(/<[^>]*>/g);
const decoded = (html: string) =>
  html.replace(/&(lt|gt|quot|amp|#x27|#x3D|#x60);/g, (_, name: string) => {
    const signs: Record<string, string> = {
      lt: '<',
      gt: '>',
      quot: '"',
      amp: '&',
      '#x27': "'",
      '#x3D': '=',
      '#x60': '`',
    };
    return signs[name] ?? '';
  });

describe.each(['run', 'comparison'] as const)('the report of a %s', (type) => {
  const report = (text: string) => reports[type](text);

  it.each(hostile)('keeps %s as text', (text) => {
    const html = htmlReport(report(text), 'en');
    expect(marks(html)).toEqual(marks(htmlReport(report('harmless'), 'en')));
    expect(html.match(/<script|<img|<iframe|javascript:|<link|<base/i)).toBeNull();
    expect(decoded(html)).toContain(text);
  });

  it('keeps any text as text', () => {
    const pieces = fc.oneof(
      fc.constantFrom('<', '>', '"', "'", '&', '`', '=', '{{', '}}', '--', '\0', '\u202E'),
      fc.string(),
    );
    const plain = marks(htmlReport(report('x'), 'en'));
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 8 }), (parts) => {
        // An empty answer or note has no part of its own.
        const text = `x${parts.join('')}`;
        expect(marks(htmlReport(report(text), 'en'))).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  it('needs nothing from anywhere, and allows nothing but its own style', () => {
    const html = htmlReport(report('x'), 'en');
    expect(html).not.toMatch(/\b(?:src|href)=|@import|url\(|https?:/);
    expect(decoded(html)).toContain(`http-equiv="Content-Security-Policy" content="${reportPolicy}"`);
    expect(reportPolicy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='/);
  });

  it.each([
    ['en', 'Pass rate', 'lang="en"'],
    ['zh-CN', '通过率', 'lang="zh-CN"'],
  ] as const)('is in %s', (language, word, lang) => {
    const html = htmlReport(report('x'), language);
    expect(html).toContain(word);
    expect(html).toContain(lang);
    expect(html).not.toMatch(/\{\w+\}|undefined|NaN/);
  });
});

it('the template escapes everything', () => {
  expect(template).not.toMatch(/\{\{\{|\{\{&/);
});

it('a rate has its interval and n, in the table and in the chart', () => {
  const html = htmlReport(runReport('x'), 'en');
  expect(html).toContain('84.0%');
  expect(html).toContain('[71.5%, 91.7%]');
  expect(html).toContain('n&#x3D;50');
  expect(html).toMatch(/<svg[^>]*role="img"/);
});

it('says the verdict by the corrected p, and shows the raw one', () => {
  const html = htmlReport(comparisonReport('x'), 'en');
  expect(html).toMatch(/class="better">better<\/td><td class="number">\+100\.0<\/td>/);
  expect(html).toMatch(/class="unclear">can&#x27;t tell<\/td>/);
  // Ten of ten: p = 2/2^10, and twice that.
  expect(html).toMatch(/\.002<\/td><td class="number">\.004<\/td>/);
});

it('writes out characters that turn or hide a text', () => {
  expect(htmlReport(runReport('a\u202Eb\u0007c\u200B'), 'en')).toContain('a⟨U+202E⟩b⟨U+0007⟩c⟨U+200B⟩');
});

it('says that a stand-in answered, that results are missing, and how many cases are shown', () => {
  const html = htmlReport(runReport('x', { standIn: true, done: 20 }), 'en');
  expect(html).toContain('not a language model');
  expect(html).toContain('20 of 50 results');
  expect(html).toContain('1 of 8 shown.');
});

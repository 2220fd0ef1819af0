import { Redactor } from '../../server/domain/redaction/redactor.ts';
import { compileRules, detectingAll } from '../../server/domain/redaction/rules.ts';
import { printTable } from './table.ts';

/** Texts of both languages, and such as let slow expressions begin again at each letter. */
const units = [
  'The soup came cold, order 12-34, and we will not come back before 2027. ',
  '排队半小时，可一口下去就觉得值了，订单编号20261130，下次还来。',
  ...['a', 'a@', '@a.', '1', '1 ', '4 ', '01 23 ', 'sk-', 'eyJ-', 'eyJaaaaaaaa.', '1.1.', 'f:', 'AB12', 'token='],
  ...['a@b.co ', '13800138000 ', '[email] ', `-----BEGIN ${'PRIVATE KEY'}-----`],
];
const [SHORT, TIMES, ROUNDS] = [50_000, 8, 7];
/** Linear is `TIMES`, quadratic its square. */
const MOST_RATIO = TIMES ** 2 / 2;

const rules = compileRules({
  ...detectingAll,
  patterns: [{ name: 'order', pattern: 'ORD-\\d{6}' }],
  words: ['Müller', '张三'],
});

/** Redacting a text and one eight times as long: whether no text takes half as much more as one does that is read again from each letter on. */
export function benchRedaction(): boolean {
  console.log(`\nRedacting ${SHORT} letters and ${TIMES} times as many, the least of ${ROUNDS}`);
  let within = true;
  const rows = units.map((unit) => {
    const [short, long] = [SHORT, SHORT * TIMES].map((letters) =>
      leastMs(unit.repeat(Math.ceil(letters / unit.length))),
    );
    const ratio = (long ?? Number.NaN) / (short ?? Number.NaN);
    within &&= ratio <= MOST_RATIO;
    return [unit.slice(0, 24).trimEnd(), ...[short, long, ratio].map((value) => (value ?? Number.NaN).toFixed(1))];
  });
  printTable([['text', 'ms', `ms, × ${TIMES}`, 'ratio'], ...rows]);
  console.log(`Budget: at most ${MOST_RATIO} times as long: ${within ? 'met' : 'missed'}`);
  return within;
}

function leastMs(text: string): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    new Redactor(rules).text(text);
    return performance.now() - began;
  });
  return Math.min(...times);
}

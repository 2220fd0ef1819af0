import { polarityOf, sentimentLabels } from './label-polarity.ts';

const LONGEST_LABEL = 40;
const MOST_LABELS = 50;

/** Sentences that may name labels; questions may as well. */
const cue =
  /\b(?:answer|reply|respond|return|output|classify|sort|labels?|categor\w*|class|classes|choose|pick|use|one of|either|into|between|sentiment|whether|say|write|decide|determine|rate|as)\b|[?？]|回答|回复|输出|分类|标签|类别|判断|选择|之一|还是|属于|给出|情感/i;
const forbids = /\b(?:do not|don't|never|without|avoid)\b|不要|不得/i;
/** Bounded and from a word's beginning on, so that the time is linear in whatever is read. */
const item =
  "(?<![\\p{L}\\p{N}_'-])(?:(?:not|non|very|mostly|somewhat|strongly|rather) )?[\\p{Script=Latin}\\p{N}][\\p{Script=Latin}\\p{N}_'-]{0,40}";
const orItems = `(${item}(?:\\s?, ?(?:an? |the )?${item}){0,48}),?\\s(?:or|and|versus|vs\\.?)\\s(?:an? |the )?(${item})`;
const anyOr = new RegExp(orItems, 'giu');
/** "with billing or shipping", "into spam and ham": the word before the list says that labels follow. */
const introducedOr = new RegExp(
  `(?:\\b(?:with|as|either|is|it|are|be|was|were|whether|between|into|only|just|use|say|write|answer|reply|return|output|choose)|[:：(])\\s*(?:an? |the )?${orItems}`,
  'iu',
);
const slashList = new RegExp(`(${item}(?: ?[/|] ?${item}){1,48})`, 'iu');
const colonList = /[:：]\s*([^,，、;；.。:：]{1,40}(?:[,，、;；][^,，、;；.。:：]{1,40})+)/u;
const quoted = /["“「『`]([^"”」』`\n]{1,40})["”」』`]|(?<![\p{L}\p{N}])['‘]([^'’\n]{1,40})['’](?![\p{L}\p{N}])/gu;
const bulletLine = /^\s*(?:[-*•]|\d{1,2}[.)])\s*[*`"'“]*([^\n:：(—"'”*`]{1,40}?)[*`"'”]*\s*(?:[:：(—].*|[-–] .*)?$/u;
/** "Answer with one word, positive or negative." */
const notLabels = new Set('word words label labels answer sentence sentiment category class json following'.split(' '));
const chineseOr = /\s*(?:或者|或是|还是|或|、|\/)\s*/u;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** The labels that instructions allow, in their order; none where they name none. A list of sentiments goes before others. */
export function labelsIn(instructions: string): string[] {
  const sentences = instructions
    .split(/(?<=[.!?。！？])\s+|(?<=[。！？])|\n/)
    .filter((sentence) => cue.test(sentence) && !forbids.test(sentence));
  const readers = [quotedLabels, slashLabels, colonLabels, introducedLabels, chineseLabels];
  const lists = [...sentences.flatMap((sentence) => readers.map((read) => read(sentence))), bulletLabels(instructions)];
  const sentiments = sentences.flatMap((sentence) => [...sentence.matchAll(anyOr)].map(listOf));
  const usable = (labels: readonly string[]) => labels.length >= 2 && labels.length <= MOST_LABELS;
  const candidates = lists.map(distinct).filter(usable);
  const ofSentiment = [...candidates, ...sentiments.map(distinct)].find((labels) => isSentiment(labels, instructions));
  return ofSentiment ?? candidates[0] ?? [];
}

function isSentiment(labels: readonly string[], instructions: string): boolean {
  const polarities = labels.map((label) => polarityOf(label, instructions));
  return polarities.includes(1) && polarities.includes(-1);
}

/** Not the keys of JSON. */
const quotedLabels = (sentence: string): string[] =>
  [...sentence.matchAll(quoted)]
    .filter((match) => !/^\s?:/.test(sentence.slice(match.index + match[0].length)))
    .map(([, double, single]) => double ?? single ?? '');

const slashLabels = (sentence: string): string[] => slashList.exec(sentence)?.[1]?.split(/[/|]/) ?? [];

const colonLabels = (sentence: string): string[] => colonList.exec(sentence)?.[1]?.split(/[,，、;；]/) ?? [];

function introducedLabels(sentence: string): string[] {
  const found = introducedOr.exec(sentence);
  return found ? listOf(found) : [];
}

/** "a, b or c"; "spam or not" is "spam" and "not spam". */
function listOf([, list = '', last = '']: RegExpExecArray): string[] {
  const labels = list.split(',').map((label) => label.trim().replace(/^(?:an?|the) /i, ''));
  return [...labels, last.toLowerCase() === 'not' ? `not ${labels[0]}` : last];
}

/** Chinese has no spaces: a label begins or ends at a word that is one of sentiment, else at the nearest word. */
function chineseLabels(sentence: string): string[] {
  const parts = sentence.split(chineseOr);
  if (parts.length < 2 || !/\p{Script=Han}/u.test(sentence)) return [];
  return parts.map((part, index) => {
    if (index === 0) return edgeLabel(part, 'end');
    return index === parts.length - 1 ? edgeLabel(part, 'start') : part;
  });
}

function edgeLabel(part: string, edge: 'start' | 'end'): string {
  const touches = (label: string) => (edge === 'end' ? part.endsWith(label) : part.startsWith(label));
  const [longest] = sentimentLabels.filter(touches).sort((a, b) => b.length - a.length);
  if (longest !== undefined) return longest;
  const words = [...segmenter.segment(part)].filter((segment) => segment.isWordLike);
  return words.at(edge === 'end' ? -1 : 0)?.segment ?? '';
}

/** A list of at least two lines that begin with a bullet, after a line that ends in a colon. */
function bulletLabels(instructions: string): string[] {
  const lines = instructions.split('\n').filter((line) => line.trim() !== '');
  const start = lines.findIndex((line, index) => /[:：]\s*$/.test(line) && bulletLine.test(lines[index + 1] ?? ''));
  if (start === -1) return [];
  const list = lines.slice(start + 1);
  const end = list.findIndex((line) => !bulletLine.test(line));
  return list.slice(0, end === -1 ? list.length : end).map((line) => bulletLine.exec(line)?.[1] ?? '');
}

function distinct(labels: readonly string[]): string[] {
  const trimmed = labels
    .map((label) => label.trim())
    .filter((label) => label !== '' && label.length <= LONGEST_LABEL && !notLabels.has(fold(label)));
  return trimmed.filter((label, index) => trimmed.findIndex((other) => fold(other) === fold(label)) === index);
}

const fold = (label: string): string => label.normalize('NFKC').toLowerCase();

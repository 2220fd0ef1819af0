import type { Scope } from '../../domain/scope.ts';
import { labelsIn } from '../../providers/lexicon/read-labels.ts';

const LONGEST_LABEL = 40;
const MOST_LABELS = 50;
/** A longer run of Chinese characters is a phrase. */
const LONGEST_CHINESE_WORD = 6;

/** "…, other: one of the four, without explanation", which Chinese says behind its list; before one, a colon follows. */
const chineseTail = /[\d一二两三四五六七八九十]{0,3}\s?[者种类项个]?之一(?!\s*[:：])[^。；;\n]*/gu;

/**
 * The labels that an answer may have, as far as a scope tells: those that its outputs list, where the outputs of the examples are among them; without
 * examples only single words, because a sentence with commas lists other things too. None where nothing can be told: a person names them.
 */
export function labelsOfScope({ outputs, examples }: Pick<Scope, 'outputs' | 'examples'>): string[] {
  const shown = distinct(examples.map(({ output }) => output));
  const listed = distinct(labelsIn(`Answer with: ${outputs.replace(chineseTail, '')}`).map(withoutLead));
  if (shown.length === 0) return asLabels(listed.every(isWord) ? listed : []);
  const short = shown.every((label) => label.length <= LONGEST_LABEL && !/[\n{]/.test(label));
  if (!short) return [];
  const names = new Set(listed.map((label) => label.toLowerCase()));
  if (shown.every((label) => names.has(label.toLowerCase()))) return asLabels(listed);
  const text = outputs.toLowerCase();
  return asLabels(shown.every((label) => text.includes(label.toLowerCase())) ? shown : []);
}

const withoutLead = (label: string): string =>
  label.replace(/^(?:(?:exactly |only |just )?one of|either|or|and)\s+/i, '').trim();

const isWord = (label: string): boolean =>
  /^[\p{Script=Latin}\p{N}_-]+$/u.test(label) ||
  (/^\p{Script=Han}+$/u.test(label) && label.length <= LONGEST_CHINESE_WORD);

const asLabels = (labels: string[]): string[] => (labels.length >= 2 && labels.length <= MOST_LABELS ? labels : []);

/** Each once, however it is written. */
const distinct = (texts: readonly string[]): string[] => {
  const trimmed = texts.map((text) => text.trim()).filter((text) => text !== '');
  return trimmed.filter(
    (text, index) => trimmed.findIndex((other) => other.toLowerCase() === text.toLowerCase()) === index,
  );
};

import { type Llama, LlamaGrammar } from 'node-llama-cpp';
import { jsonGrammar } from '../json-grammar.ts';
import type { CompleteCall } from '../protocol.ts';

/** What an answer may look like; null where it is free. */
export function grammarFor(
  llama: Llama,
  format: CompleteCall['responseFormat'],
  midLine: boolean,
): LlamaGrammar | null {
  switch (format.type) {
    case 'text':
      return null;
    case 'labels':
      return new LlamaGrammar(llama, { grammar: labelGrammar(format.labels, midLine) });
    case 'json':
      return new LlamaGrammar(llama, { grammar: jsonGrammar(format.schema).grammar });
  }
}

const labelGrammar = (labels: readonly string[], midLine: boolean): string =>
  `root ::= ${midLine ? '" " ' : ''}(${labels.map((label) => JSON.stringify(label)).join(' | ')})`;

/** The only label that an answer can still become; null while there are several, or none. */
export function settledLabel(labels: readonly string[], text: string): string | null {
  // The last character may not be whole yet.
  const begun = text.trimStart().replace(/\uFFFD+$/u, '');
  const [label, ...others] = labels.filter((candidate) => candidate.startsWith(begun));
  return label !== undefined && others.length === 0 ? label : null;
}

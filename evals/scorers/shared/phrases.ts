import type { JsonValue } from '../../../server/domain/json.ts';
import { parseJson } from './find-json.ts';

/** Whether a text is mentioned: case, width and the kind of space do not count. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');

/** The texts that a list names: a JSON list, or one with commas between. Empty ones do not count. */
export function phrasesOf(list: JsonValue): string[] {
  if (Array.isArray(list)) {
    return list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)).trim()).filter(Boolean);
  }
  if (typeof list !== 'string') return list === null ? [] : [JSON.stringify(list)];
  const parsed = list.trim().startsWith('[') ? parseJson(list) : undefined;
  return Array.isArray(parsed) ? phrasesOf(parsed) : list.split(/[,，]/).flatMap((item) => item.trim() || []);
}

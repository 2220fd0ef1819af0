import type { Draft } from './draft.ts';
import { templateTags } from './prompt-version.ts';
import type { PromptCheck } from './use-checks.ts';

/** How the draft reads once a check's advice is followed; null where only a person can. `nameLabels` is the sentence that names labels. */
export function fixedDraft(
  draft: Draft,
  { name, values }: Pick<PromptCheck, 'name' | 'values'>,
  nameLabels: (labels: string) => string,
): Draft | null {
  const { variable, closest } = values;
  const at = (place: number, change: (content: string) => string): Draft | null => {
    const message = draft.messages[place];
    if (message === undefined) return null;
    return { ...draft, messages: draft.messages.with(place, { ...message, content: change(message.content) }) };
  };
  if (name === 'variable_unknown' && closest !== undefined) {
    const messages = draft.messages.map((message) => ({
      ...message,
      content: renamed(message.content, String(variable), String(closest)),
    }));
    return { ...draft, messages };
  }
  if (name === 'variable_unused') {
    const last = draft.messages.findLastIndex(({ role }) => role === 'user');
    return at(last, (content) => appended(content, `{{${variable}}}`));
  }
  if (name === 'label_unnamed')
    return at(0, (content) => appended(content, nameLabels(draft.format.labels.join(', '))));
  return null;
}

const appended = (content: string, line: string): string =>
  content.trim() === '' ? line : `${content.replace(/\n+$/, '')}\n${line}`;

/** Changes the name within tags only, where it stands as a whole. */
function renamed(content: string, from: string, to: string): string {
  const whole = new RegExp(`(?<![\\p{L}\\p{N}_.-])${RegExp.escape(from)}(?![\\p{L}\\p{N}_-])`, 'gu');
  return content
    .split(templateTags)
    .map((part, index) => (index % 2 === 1 ? part.replace(whole, () => to) : part))
    .join('');
}

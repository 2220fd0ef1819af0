import type { JsonObject } from '../../server/domain/json.ts';
import type { Message } from '../../server/domain/prompt.ts';

/** A prompt with what other tools read otherwise: braces, tags, quotes, an escaped variable, a condition and a default. */
export const exportMessages: Message[] = [
  {
    role: 'system',
    content:
      'You label reviews.\n\nSay {"mood": "good"} or {"mood": "bad"}; never {%, {#, %} or \\{{review}}.\n{{#if hint}}Hint: {{hint}}\n{{else}}No hint.\n{{/if}}Tone: {{default tone "neutral, \\"plain\\""}}.',
  },
  {
    role: 'user',
    content: '评论 "{{review}}"{{#unless house}}, place unknown{{/unless}}{{#if house}} ({{house}}){{/if}}.',
  },
  { role: 'assistant', content: 'Mood:' },
];

const texts = [
  'A good dinner',
  '很好吃，服务也不错。',
  '"Quoted", it\'s said',
  'two\nlines',
  'a blank line\n\nbetween',
  '{{review}} and {{house}}',
  '{% if x %}{% endif %}{# note #}',
  '{{ 7 * 7 }} {{hint}',
  '}} %} #} { } {{{',
  'emoji 👨‍👩‍👧 🍜',
  'back\\slash \\n \\{{x}} C:\\dir',
  '<b>&amp;</b> <script>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must not become one.
  '$1 $& ${x} `x`',
  'tab\tand  spaces  ',
  ' leading and trailing ',
  '# system:',
  '--- +++',
  'file://etc/passwd',
  'نص عربي 日本語 한국어 ñ é',
  '{"json": ["a", 1, null]}',
  'null',
  'true',
  '0',
  '{% raw %}x{% endraw %}',
  "{{ '{{' }}",
];

/** 50 cases: each text with every optional variable, and with some missing. */
export const exportCases: readonly JsonObject[] = texts.flatMap((review, index): JsonObject[] => {
  const hint = texts[(index + 7) % texts.length] ?? '';
  const some: JsonObject = index % 2 === 0 ? { review, hint: '' } : { review, tone: '' };
  return [{ review, hint, tone: 'warm', house: `Inn ${index}` }, index % 3 === 0 ? { ...some, house: '饭店' } : some];
});

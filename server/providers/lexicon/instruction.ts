/** Verbs and openings that tell a reader what to do. */
const opening =
  /^(?:please |now |then )?(?:answer|reply|respond|classify|categori[sz]e|decide|determine|tell|label|return|output|give|judge|rate|use|choose|pick|say|state|identify|predict|assign|only|just|do not|don't|you are|your (?:task|job)|here (?:is|are)|for each|based on|read|write|translate|summari[sz]e)\b|^(?:请|你是|判断|只|仅|回答|输出|分类|给出|根据|不要|以下|下面|从|把|将|翻译|总结)/i;
/** What prompts talk about and reviews seldom. */
const subject =
  /\b(?:answers?|words?|labels?|classif\w*|sentiment|categor\w*|positive|negative|neutral|reviews?|text|messages?|comments?|customers?|guests?|writer|author|json|output|respon\w*|reply|following|below|above|one of|opinions?)\b|情感|情绪|标签|类别|正面|负面|评论|评价|点评|文本|消息|短信|回答|一个词|以下|下面|顾客|客人|作者|JSON/i;
const question = /[?？]\s*$/;
const choice = /\bor\b|还是|或者/i;

/** Whether a sentence, or the beginning of a paragraph, tells the reader what to do, rather than being what the reader is to judge. */
export function isInstruction(unit: string): boolean {
  const text = unit.trim().replace(/^[\s#*>-]+/, '');
  const firstSentence = /^[^.!?。！？\n]*[.!?。！？]?/.exec(text)?.[0] ?? '';
  return isInstructionSentence(text) || isInstructionSentence(firstSentence);
}

function isInstructionSentence(text: string): boolean {
  if (question.test(text)) return subject.test(text) || choice.test(text);
  return subject.test(text) && (opening.test(text) || /[:：]\s*$/.test(text));
}

/** Takes a message apart where it has no fields: instructions at its beginning and end, and between them the text that they are about. */
export function splitInstructions(content: string): { instructions: string; text: string } {
  const marked = markedText(content);
  if (marked) return marked;
  for (const split of [/\n\s*\n/, /\n/, /(?<=[.!?。！？])\s*/]) {
    const units = content.split(split).filter((unit) => unit.trim() !== '');
    if (units.length < 2) continue;
    const first = units.findIndex((unit) => !isInstruction(unit));
    const last = units.findLastIndex((unit) => !isInstruction(unit));
    if (first === 0 && last === units.length - 1) continue;
    if (first === -1) return { instructions: units.slice(0, -1).join('\n'), text: afterColon(units.at(-1) ?? '') };
    const instructions = [...units.slice(0, first), ...units.slice(last + 1)].join('\n');
    return { instructions, text: units.slice(first, last + 1).join('\n') };
  }
  const text = afterColon(content);
  return { instructions: content.slice(0, content.length - text.length), text };
}

/** "Classify this review: Great food." Everything, where no instruction ends in a colon. */
function afterColon(text: string): string {
  const [, head = '', rest = ''] = /^([^\n:：]{1,200}[:：])\s*(\S[\s\S]*)$/.exec(text) ?? [];
  return rest !== '' && isInstruction(head) ? rest : text;
}

/** What stands between tags, triple quotation marks or code fences, the last of them. */
function markedText(content: string): { instructions: string; text: string } | null {
  for (const [open, close] of [tagsIn(content), ['"""', '"""'], ['```', '```']] as const) {
    const end = content.lastIndexOf(close);
    const start = end <= 0 ? -1 : content.lastIndexOf(open, end - open.length);
    if (start === -1) continue;
    const text = content.slice(start + open.length, end);
    if (text.trim() !== '') return { instructions: content.slice(0, start) + content.slice(end + close.length), text };
  }
  return null;
}

function tagsIn(content: string): readonly [string, string] {
  const name = /^<\/([\w-]{1,40})>/.exec(content.slice(Math.max(0, content.lastIndexOf('</'))))?.[1] ?? '';
  return [`<${name}>`, `</${name}>`];
}

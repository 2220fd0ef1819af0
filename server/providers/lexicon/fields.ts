import { isInstruction } from './instruction.ts';

/** A text and its label, as a prompt shows them. */
export type Example = { text: string; answer: string };
/** A message taken apart. `text` is what stands in the last field without an answer; null where there is none. */
export type Fields = { instructions: string; examples: Example[]; text: string | null };

type Segment = { type: 'plain' | 'input' | 'answer'; line: string; value: string };

const LONGEST_ANSWER = 60;
const inputName =
  'review|text|input|comment|message|sentence|question|q|email|tweet|sms|post|document|feedback|点评|评论|评价|文本|输入|内容|原文|例句|句子|留言|短信|邮件|消息|问';
const answerName =
  'label|sentiment|answer|output|response|category|class|classification|verdict|result|a|rating|opinion|标签|情感|情绪|回答|答案|输出|类别|分类|结果|判断|答';
// Every repetition is bounded, for what stands here may be a hostile text.
const bullet = '^[\\s>#*•·–-]{0,12}(?:\\(?\\d{1,3}[.):：、]\\s{0,4})?';
const inputLine = new RegExp(
  `${bullet}((?:\\p{L}{1,30} ){0,2})(${inputName})\\s?\\d{0,3}\\*{0,2}\\s?[:：]\\*{0,2}(.*)$`,
  'iu',
);
const answerLine = new RegExp(`${bullet}(?:${answerName})\\s?\\d{0,3}\\*{0,2}\\s?[:：]\\*{0,2}(.*)$`, 'iu');
const inlineAnswer = new RegExp(
  `[\\s;,|/.!?。！？；，](?:${answerName})\\s?[:：]\\s{0,4}(.{0,${LONGEST_ANSWER}})$`,
  'iu',
);
const arrow = /→|⇒|=>|->/g;

/** Reads "Review: … / Label: …", "Input: … / Output: …" and "… → Label" in a message. Each line is looked at once. */
export function readFields(content: string): Fields {
  const plain: string[] = [];
  const examples: Example[] = [];
  let open: string[] | null = null;
  for (const segment of content.split('\n').flatMap(segmentsOf)) {
    if (segment.type === 'input') {
      if (open) plain.push(open.join('\n'));
      if (segment.line !== '') plain.push(segment.line);
      open = [segment.value];
    } else if (segment.type === 'plain') {
      (open ?? plain).push(segment.line);
    } else if (open === null || segment.value === '' || segment.value.length > LONGEST_ANSWER) {
      plain.push(segment.line);
    } else {
      examples.push({ text: open.join('\n').trim(), answer: segment.value });
      open = null;
    }
  }
  const { text, instructions } = withoutClosingInstructions(open);
  return { instructions: [...plain, ...instructions].join('\n'), examples, text };
}

/** A line can hold both fields of an example. `line` is what it says as an instruction: "Classify this review: …". */
function segmentsOf(line: string): Segment[] {
  const [, words = '', name = '', value] = inputLine.exec(line) ?? [];
  const body = value ?? line;
  const [text, answer] = splitAtArrow(body) ?? (value === undefined ? null : splitAtAnswer(body)) ?? [];
  const instruction = words === '' ? '' : `${words}${name}:`;
  if (text !== undefined && answer !== undefined) {
    return [
      { type: 'input', line: instruction, value: text },
      { type: 'answer', line: '', value: answer },
    ];
  }
  if (value !== undefined) return [{ type: 'input', line: instruction, value }];
  const own = answerLine.exec(line)?.[1];
  return [own === undefined ? { type: 'plain', line, value: '' } : { type: 'answer', line, value: own.trim() }];
}

function splitAtArrow(body: string): [string, string] | null {
  const found = [...body.matchAll(arrow)].at(-1);
  if (found === undefined) return null;
  const text = body.slice(0, found.index).replace(new RegExp(bullet, 'u'), '').trim();
  const answer = body.slice(found.index + found[0].length).trim();
  return text === '' || answer.length > LONGEST_ANSWER ? null : [text, answer];
}

function splitAtAnswer(body: string): [string, string] | null {
  const found = inlineAnswer.exec(body);
  return found === null ? null : [body.slice(0, found.index + 1).trim(), (found[1] ?? '').trim()];
}

/** "Review: … ⏎⏎ Answer with one word." */
function withoutClosingInstructions(lines: readonly string[] | null): { text: string | null; instructions: string[] } {
  if (lines === null) return { text: null, instructions: [] };
  const last = lines.findLastIndex((line, index) => line.trim() !== '' && (index === 0 || !isInstruction(line)));
  return {
    text: lines
      .slice(0, last + 1)
      .join('\n')
      .trim(),
    instructions: lines.slice(last + 1),
  };
}

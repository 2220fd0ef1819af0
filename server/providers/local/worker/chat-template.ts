import { type ChatHistoryItem, JinjaTemplateChatWrapper, type LlamaModel, type Token } from 'node-llama-cpp';
import type { Message } from '../../../domain/prompt.ts';

export type Prompt = {
  tokens: Token[];
  /** Whether the answer goes on in the middle of a line, so that a word of it begins with a space. */
  midLine: boolean;
};

/** Turns messages into what the model reads. What a message holds is never read as one of the template's own marks. */
export type ChatTemplate = (messages: readonly Message[]) => Prompt;

/**
 * By the template in the model's file. A base model has none: the texts then follow each other, each answer on the line after its question and an
 * empty line after each answer, which is the pattern that such a model continues.
 */
export function chatTemplateOf(model: LlamaModel): ChatTemplate {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  return template === undefined ? plainTemplate(model) : fileTemplate(model, template);
}

function fileTemplate(model: LlamaModel, template: string): ChatTemplate {
  const wrapper = new JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
  return (messages) => {
    const { contextText } = wrapper.generateContextState({ chatHistory: historyOf(messages) });
    return { tokens: contextText.tokenize(model.tokenizer), midLine: midLine(messages) };
  };
}

function historyOf(messages: readonly Message[]): ChatHistoryItem[] {
  const items = messages.map(({ role, content }): ChatHistoryItem => {
    if (role === 'assistant') return { type: 'model', response: [content] };
    return role === 'system' ? { type: 'system', text: content } : { type: 'user', text: content };
  });
  return messages.at(-1)?.role === 'assistant' ? items : [...items, { type: 'model', response: [] }];
}

function plainTemplate(model: LlamaModel): ChatTemplate {
  const start = model.tokens.shouldPrependBosToken && model.tokens.bos !== null ? [model.tokens.bos] : [];
  return (messages) => {
    const text = messages
      .map(({ role, content }, index) => {
        if (index === messages.length - 1 && role === 'assistant') return content;
        return `${content}${role === 'user' ? '\n' : '\n\n'}`;
      })
      .join('');
    return { tokens: [...start, ...model.tokenize(text)], midLine: midLine(messages) };
  };
}

/** A last message of the assistant is the beginning of the answer. */
function midLine(messages: readonly Message[]): boolean {
  const last = messages.at(-1);
  return last?.role === 'assistant' && /\S$/.test(last.content);
}

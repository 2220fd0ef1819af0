import { getLlama, type LlamaContextSequence, LlamaGrammarEvaluationState, type Token } from 'node-llama-cpp';
import { grammarFor } from '../../../server/providers/local/worker/answer-grammar.ts';
import { chatTemplateOf } from '../../../server/providers/local/worker/chat-template.ts';
import { threadsOf } from '../../../server/providers/local/worker/engine.ts';
import { type BareReport, type BareRequest, bareRequest } from './bare-protocol.ts';

// A process of its own: what one writes with node-llama-cpp alone, a sequence whose history is cleared before each prompt.
process.once('message', async (message) => {
  process.send?.(await answerAll(bareRequest.parse(message)));
  process.disconnect();
});

async function answerAll({ modelPath, prompts }: BareRequest): Promise<BareReport> {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 0 });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const threads = threadsOf(llama);
  const context = await model.createContext({ sequences: 1, contextSize: 2048, threads, flashAttention: false });
  const sequence = context.getSequence();
  const template = chatTemplateOf(model);
  await write(sequence, model.tokenize('Hello'), 4);

  const total = { ms: 0, outputs: [] as string[], promptTokens: 0, generatedTokens: 0, threads };
  const startedAt = performance.now();
  for (const { messages, parameters, responseFormat } of prompts) {
    const { tokens, midLine } = template(messages);
    const grammar = grammarFor(llama, responseFormat, midLine);
    const state = grammar === null ? undefined : new LlamaGrammarEvaluationState({ model, grammar });
    const written = await write(sequence, tokens, parameters.maxTokens, state);
    total.outputs.push(model.detokenize(written).trimStart());
    total.promptTokens += tokens.length;
    total.generatedTokens += written.length;
  }
  return { ...total, ms: performance.now() - startedAt };
}

async function write(
  sequence: LlamaContextSequence,
  prompt: Token[],
  mostTokens: number,
  grammarEvaluationState?: LlamaGrammarEvaluationState,
): Promise<Token[]> {
  await sequence.clearHistory();
  const written: Token[] = [];
  for await (const token of sequence.evaluate(prompt, { temperature: 0, grammarEvaluationState })) {
    written.push(token);
    if (written.length >= mostTokens) break;
  }
  return written;
}

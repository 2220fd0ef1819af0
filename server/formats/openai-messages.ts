import type { ExportedPrompt } from './exported-prompt.ts';
import { namedSchema } from './prompt-fields.ts';

/** A request body for an OpenAI-compatible `/chat/completions`; the templates in its messages are left as they are. */
export function writeOpenAiMessages({ version, release }: ExportedPrompt): string {
  const { messages, parameters, responseFormat } = version.content;
  const body = {
    model: release?.model.slice(release.model.indexOf('/') + 1),
    messages,
    temperature: parameters.temperature,
    top_p: parameters.topP,
    max_completion_tokens: parameters.maxTokens,
    seed: parameters.seed,
    stop: parameters.stop,
    tools: parameters.tools,
    tool_choice: parameters.toolChoice,
    ...(responseFormat.type === 'json' && {
      response_format: { type: 'json_schema', json_schema: namedSchema(responseFormat.schema) },
    }),
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}

import type { Completion, CompletionRequest } from '../../domain/completion.ts';
import { estimateMessageTokens } from '../../domain/tokens.ts';
import type { Provider } from '../../providers/provider.ts';
import { type Answered, type AskOptions, askUntilAnswered } from './ask-until-answered.ts';

/** Asks a model, again where that may help, until it replies or fails for good. */
export const askModel = (
  provider: Provider,
  request: CompletionRequest,
  options: AskOptions,
): Promise<Answered<Completion>> =>
  askUntilAnswered(
    provider,
    {
      expectedTokens: () => estimateMessageTokens(request.messages) + (request.parameters.maxTokens ?? 0),
      make: (call) => provider.complete(request, call),
      usedTokens: ({ usage }) => usage.inputTokens + usage.outputTokens,
    },
    options,
  );

import { WhetstoneError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { estimateOutputTokens } from '../../domain/output-estimate.ts';
import { costOf, type Price } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { Message, PromptContent } from '../../domain/prompt.ts';
import { contentProblems, type PromptProblem } from '../../domain/prompt-problems.ts';
import { compilePrompt, TemplateError, templateProblems } from '../../domain/template.ts';
import { estimateMessageTokens } from '../../domain/tokens.ts';
import { allowedProvider } from '../allowed-model.ts';
import { priceFor } from '../evaluate/price-for.ts';
import type { Workbench } from '../workbench.ts';

export type PromptDraft = { content: PromptContent; variables: JsonObject };
export type Preview = {
  variables: readonly string[];
  /** Null where a template can't be rendered. */
  messages: readonly Message[] | null;
  problems: readonly PromptProblem[];
  /** Of the templates themselves where they can't be rendered. */
  inputTokens: number;
  outputTokens: number;
  /** Null where no model is named or it has no price. */
  costUsdPer1000Calls: number | null;
};

/** Renders a draft and says what a call would take. What is wrong is data, so that a person sees it while typing. */
export async function previewPrompt(
  workbench: Workbench,
  project: Project,
  { content, variables, model }: PromptDraft & { model: string | null },
): Promise<Preview> {
  const rendered = render(content, variables);
  const priced = model === null ? { price: null, problems: [] } : await findPrice(workbench, project, model);
  const inputTokens = estimateMessageTokens(rendered.messages ?? content.messages);
  const outputTokens = estimateOutputTokens(content, null);
  const cost = costOf(priced.price, { inputTokens, outputTokens, cachedInputTokens: 0 });
  return {
    variables: rendered.variables,
    messages: rendered.messages,
    problems: [...contentProblems(content), ...rendered.problems, ...priced.problems],
    inputTokens,
    outputTokens,
    costUsdPer1000Calls: cost === null ? null : cost * 1000,
  };
}

function render(content: PromptContent, variables: JsonObject) {
  const broken = new Set(templateProblems(content).map(({ message }) => message));
  const compiled = compilePrompt({ messages: content.messages.filter((_, index) => !broken.has(index)) });
  if (broken.size > 0) return { variables: compiled.variables, messages: null, problems: [] };
  try {
    return { variables: compiled.variables, messages: compiled.render(variables), problems: [] };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const problem = { ...error.problem, text: error.message };
    return { variables: compiled.variables, messages: null, problems: [problem] };
  }
}

async function findPrice(
  workbench: Workbench,
  project: Project,
  model: string,
): Promise<{ price: Price | null; problems: PromptProblem[] }> {
  try {
    const provider = await allowedProvider(workbench, project, model);
    return { price: priceFor(await workbench.prices.table(), model, provider), problems: [] };
  } catch (error) {
    if (!(error instanceof WhetstoneError)) throw error;
    return {
      price: null,
      problems: [{ message: null, line: null, code: error.code, values: {}, text: error.message }],
    };
  }
}

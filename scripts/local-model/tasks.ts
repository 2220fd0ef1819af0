import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode } from '../../server/domain/errors.ts';
import type { CaseContent } from '../../server/domain/evaluation-set.ts';
import type { JsonObject } from '../../server/domain/json.ts';
import type { PromptContent } from '../../server/domain/prompt.ts';
import { readCases } from '../../server/formats/cases-from-rows.ts';
import { readProjectFolder } from '../../server/formats/project-folder.ts';
import { readPromptFile } from '../../server/formats/read-prompt-file.ts';
import { readSetFolder } from '../../server/formats/set-folder.ts';

/** A set of cases and the prompt versions that are measured on it. */
export type Task = {
  name: string;
  about: string;
  cases: readonly CaseContent[];
  holdoutShare: number;
  versions: readonly TaskVersion[];
  /** `steps`: each version goes on from the one before. `wordings`: each is tried on dev, and only a model's best one is judged on holdout. */
  kind: 'steps' | 'wordings';
};
export type TaskVersion = { content: PromptContent; note: string; holdout: boolean };

const root = path.resolve(import.meta.dirname, '../..');
const sampleFolder = path.join(root, 'prompts', 'restaurant-reviews');
const promptFolder = path.join(import.meta.dirname, 'prompts');

/** The project that a new workbench opens with. */
export async function sampleTask(): Promise<Task> {
  const { name, set, versions } = await readProjectFolder(sampleFolder);
  const { cases, holdoutShare } = await readSetFolder(path.join(root, 'evals', 'sets', set));
  const about = `The sample that ships with Whetstone: ${cases.length} reviews in English and Chinese, two in five meant to be hard.`;
  return { name, about, cases, holdoutShare, versions, kind: 'steps' };
}

type DataSet = {
  name: string;
  file: string;
  about: string;
  holdoutShare: number;
  kind: Task['kind'];
  variables: (row: JsonObject) => JsonObject;
  versions: () => Promise<readonly TaskVersion[]>;
};

const dataSets: readonly DataSet[] = [
  {
    name: 'Restaurant sentences',
    file: 'sentiment_restaurant.jsonl',
    about:
      'Sentences from restaurant reviews, positive or negative (Kotzias et al., 2015; CC BY 4.0), with the newest version of the sample’s prompt as it is: nothing was chosen on these cases, so all of them are dev.',
    holdoutShare: 0,
    kind: 'steps',
    variables: ({ input }) => ({ review: input ?? null }),
    versions: async () => (await sampleTask()).versions.slice(-1).map((version) => ({ ...version, holdout: false })),
  },
  {
    name: 'SMS spam',
    file: 'spam_sms.jsonl',
    about:
      'Text messages, spam or an ordinary one, which the data calls ham (UCI SMS Spam Collection, CC BY 4.0). The order and the mixture of the examples in versions 3 and 4 were found on twelve messages written for that, none of the data: without them both models call nearly every message spam. Four more wordings were dropped after a trial on the first 20 messages, each of which they called spam.',
    holdoutShare: 0.2,
    kind: 'wordings',
    variables: ({ input }) => ({ input: input ?? null }),
    versions: () => wordings('spam'),
  },
  {
    name: 'Booking details',
    file: 'extract_booking.jsonl',
    about:
      'What guests say of a booking, to be copied out word for word as JSON (restaurant8k, CC BY 4.0). The prompt is given the slots that the guest was asked for. A case passes when every field is equal, and no other is there, by the scorer `json-equal`. A wording without examples was dropped after a trial on the first 20 cases.',
    holdoutShare: 0.2,
    kind: 'wordings',
    variables: ({ input, requested_slots }) => ({ input: input ?? null, requested_slots: requested_slots ?? [] }),
    versions: () => wordings('booking'),
  },
];

/** The tasks whose files are in the folder; `onMissing` is told of the others. */
export async function dataTasks(folder: string | undefined, onMissing: (text: string) => void): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const { name, file, about, holdoutShare, kind, variables, versions } of dataSets) {
    const text = folder === undefined ? null : await readIfThere(path.join(folder, file));
    if (text === null) {
      onMissing(`Skipped "${name}": ${file} is not there. Give its folder with --datasets DIR.`);
      continue;
    }
    const cases = readCases(file, text).cases.map((item) => ({ ...item, variables: variables(item.variables) }));
    tasks.push({ name, about, cases, holdoutShare, kind, versions: await versions() });
  }
  return tasks;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function wordings(prompt: string): Promise<TaskVersion[]> {
  const files = (await readdir(promptFolder)).filter((name) => name.startsWith(`${prompt}.v`)).sort();
  return Promise.all(
    files.map(async (name) => {
      const { content, note } = readPromptFile(name, await readFile(path.join(promptFolder, name), 'utf8'));
      return { content, note, holdout: false };
    }),
  );
}

import { useApi } from '../../api/query.ts';
import { FileOffer } from './file-offer.tsx';
import type { PromptVersion } from './prompt-version.ts';

type Props = { project: string; prompt: string; newest: PromptVersion | undefined; onSaved: (version: number) => void };

/** How often the file is looked at, where the server looks at a folder. */
const LOOK_MS = 5_000;

/** What the prompt's file says that no version does yet. */
export function FileNotice({ project, prompt, newest, onSaved }: Props) {
  const { data } = useApi(
    'GET /api/projects/:project/prompts/:prompt/file',
    { params: { project, prompt } },
    { refetchInterval: (read) => (read?.watched ? LOOK_MS : false) },
  );
  if (data === undefined) return null;
  return (
    <FileOffer key={data.file?.hash} project={project} prompt={prompt} offer={data} newest={newest} onSaved={onSaved} />
  );
}

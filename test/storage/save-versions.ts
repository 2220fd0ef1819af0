/** `save-versions.ts FOLDER COUNT`: opens the database and saves versions of one prompt, as one of several processes. */
import { openDatabase } from '../../server/storage/database.ts';
import { createStores } from '../../server/storage/stores.ts';
import { content } from '../contracts/store-seed.ts';

const [folder = '', count = '0'] = process.argv.slice(2);
const { database } = await openDatabase(folder);
const { projects, prompts } = createStores(database);
const project =
  (await projects.find('Shared')) ?? (await projects.create('Shared').catch(() => projects.find('Shared')));
if (project === null) throw new Error('the project was not made');
const prompt =
  (await prompts.find(project.id, 'Shared')) ??
  (await prompts.create(project.id, 'Shared').catch(() => prompts.find(project.id, 'Shared')));
if (prompt === null) throw new Error('the prompt was not made');
for (let number = 0; number < Number(count); number += 1) {
  const draft = { content: content(`${process.pid} ${number}`), note: '', author: '', parent: null };
  await prompts.addVersion(prompt.id, draft);
}
await database.destroy();

import { type Command, Option } from 'commander';
import { missing } from '../../domain/errors.ts';
import { type Actor, type Person, type Role, roles } from '../../domain/person.ts';
import { addPerson, changeRole, removePerson, replaceToken, type WithToken } from '../../services/people/people.ts';
import type { Workbench } from '../../services/workbench.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatInstant } from '../format.ts';
import { formatTable } from '../table.ts';

/** Who may read the database file may change it as well: commands about people ask for no token, so that a lost one can be replaced. */
const keeper: Actor = { kind: 'owner' };

/** `whetstone people add|list|role|token|remove` */
export function addPeopleCommand(program: Command, runner: CommandRunner): void {
  const people = program.command('people').description('who works here, in which role, each with a token of their own');
  people
    .command('add <name>')
    .description('add a person and print their token, this once; the first one is an approver')
    .addOption(roleOption().default('editor'))
    .action((name: string, { role }: { role: Role }, command: Command) =>
      runner.run(command, async (workbench) =>
        tokenResult(await addPerson(workbench, keeper, { name, role }), 'was added'),
      ),
    );
  people
    .command('list')
    .description('list the people of this workbench')
    .action((_options: object, command: Command) =>
      runner.run(command, async ({ stores }) => {
        const all = await stores.people.list();
        return { document: { people: all.map(view) }, text: peopleTable(all) };
      }),
    );
  people
    .command('role <name>')
    .description('change the role of a person')
    .addOption(roleOption().makeOptionMandatory())
    .action((name: string, { role }: { role: Role }, command: Command) =>
      runner.run(command, async (workbench) => {
        const { id } = await personNamed(workbench, name);
        const person = await changeRole(workbench, keeper, id, role);
        return { document: view(person), text: `${person.name} is ${person.role} now.` };
      }),
    );
  people
    .command('token <name>')
    .description('replace the token of a person and print the new one; the old one stops at once')
    .action((name: string, _options: object, command: Command) =>
      runner.run(command, async (workbench) => {
        const { id } = await personNamed(workbench, name);
        return tokenResult(await replaceToken(workbench, keeper, id), 'has a new token');
      }),
    );
  people
    .command('remove <name>')
    .description('remove a person; what they did stays under their name')
    .action((name: string, _options: object, command: Command) =>
      runner.run(command, async (workbench) => {
        const person = await personNamed(workbench, name);
        await removePerson(workbench, keeper, person.id);
        return { document: view(person), text: `${person.name} was removed; the token works no longer.` };
      }),
    );
}

const roleOption = () => new Option('--role <role>', 'what they may do').choices(roles);

const view = ({ removedAt: _removed, ...person }: Person) => person;

const tokenResult = ({ person, token }: WithToken, what: string) => ({
  document: { person: view(person), token },
  text: `${person.name} ${what} (${person.role}). The token is shown this once; in commands set it as WHETSTONE_TOKEN:\n\n  ${token}`,
});

async function personNamed({ stores }: Workbench, name: string): Promise<Person> {
  const found = (await stores.people.list()).find((person) => person.name.toLowerCase() === name.trim().toLowerCase());
  if (found !== undefined) return found;
  throw missing('person_missing', `There is no person "${name}" here. "whetstone people list" shows who there is.`);
}

function peopleTable(people: readonly Person[]): string {
  if (people.length === 0) {
    return 'Nobody was added yet, so that whoever works on this machine may do everything. "whetstone people add NAME" adds the first one.';
  }
  return formatTable(
    [{ title: 'name' }, { title: 'role' }, { title: 'added' }],
    people.map(({ name, role, createdAt }) => [name, role, formatInstant(createdAt)]),
  );
}

import { type Command, Option } from 'commander';
import type { Price } from '../../domain/price.ts';
import type { NewPriceChange, PriceChange } from '../../domain/price-change.ts';
import { listPrices, setPrice, tableAge, takePriceBack } from '../../services/models/prices.ts';
import { actingName, requireRole } from '../../services/people/identify.ts';
import type { Workbench } from '../../services/workbench.ts';
import { numberWithin, parseDay } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { byOption } from '../options.ts';
import { formatTable } from '../table.ts';

type Said = { source: string; by: string; asOf: string };
type SetOptions = Said & { input: number; output: number; cachedInput?: number };
type What = Pick<NewPriceChange, 'kind' | 'subject'>;

/** `whetstone prices list|set|unset|batch-share` */
export function addPricesCommand(program: Command, runner: CommandRunner): void {
  const prices = program.command('prices').description('what models cost: what came with the program, and your own');
  const by = async (workbench: Workbench, typed: string): Promise<string> => {
    const actor = await runner.actor(workbench);
    requireRole(actor, 'editor');
    return actingName(actor, typed);
  };
  prices
    .command('list')
    .description('list every price that is known, with its day and source')
    .action((_options: object, command: Command) =>
      runner.run(command, async (workbench) => {
        const table = tableAge(workbench, new Date());
        const listed = await listPrices(workbench);
        return { document: { table, ...listed }, text: priceList(listed, table) };
      }),
    );
  saying(prices.command('set <connection/model>'))
    .description('set your own price of a model, USD per million tokens')
    .addOption(perMillion('--input <usd>').makeOptionMandatory())
    .addOption(perMillion('--output <usd>').makeOptionMandatory())
    .addOption(perMillion('--cached-input <usd>'))
    .action((subject: string, { input, output, cachedInput, source, asOf, by: typed }: SetOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const said = { asOf, source, author: await by(workbench, typed) };
        const value = { input, cachedInput: cachedInput ?? null, output };
        return changed(await setPrice(workbench, { kind: 'price', subject, value, ...said }));
      }),
    );
  saying(prices.command('batch-share'))
    .description('set which part of its price a connection asks in batches')
    .argument('<connection>', 'its slug')
    .argument('<share>', 'such as 0.5', numberWithin(0.01, 1))
    .action((subject: string, value: number, { source, asOf, by: typed }: Said, command: Command) =>
      runner.run(command, async (workbench) => {
        const said = { asOf, source, author: await by(workbench, typed) };
        return changed(await setPrice(workbench, { kind: 'batch_share', subject, value, ...said }));
      }),
    );
  prices
    .command('unset <connection/model>')
    .description('take your own price of a model, or batch share of a connection, back')
    .option('--source <text>', 'why', '')
    .addOption(byOption())
    .action((subject: string, { source, by: typed }: Said, command: Command) =>
      runner.run(command, async (workbench) => {
        const what: What = { kind: subject.includes('/') ? 'price' : 'batch_share', subject };
        const author = await by(workbench, typed);
        return changed(await takePriceBack(workbench, { ...what, asOf: today(), source, author }));
      }),
    );
}

const today = (): string => new Date().toISOString().slice(0, 10);

const perMillion = (flags: string) => new Option(flags, 'USD per million tokens').argParser(numberWithin(0, 1_000_000));

const saying = (command: Command): Command =>
  command
    .requiredOption('--source <text>', 'where the price stands, such as the address of the price list')
    .addOption(
      new Option('--as-of <day>', 'day on which it was read there').argParser(parseDay).default(today(), 'today'),
    )
    .addOption(byOption());

function changed(change: PriceChange) {
  const text =
    change.value === null
      ? `Your own price of ${change.subject} was taken back.`
      : `${change.subject}: ${change.kind === 'price' ? priceText(change.value) : change.value}, as of ${change.asOf}.`;
  return { document: change, text };
}

const priceText = ({ input, cachedInput, output }: Price): string =>
  `$${input} in${cachedInput === null ? '' : `, $${cachedInput} cached`}, $${output} out`;

function priceList(
  { prices, batchShares }: Awaited<ReturnType<typeof listPrices>>,
  { date, source, ageDays, old }: ReturnType<typeof tableAge>,
): string {
  const rows = prices.map(({ model, shipped, own }) => {
    const held = own?.price ?? shipped;
    const batch = batchShares.find(({ connection }) => model.startsWith(`${connection}/`));
    const share = batch?.own?.share ?? batch?.shipped ?? null;
    return [
      ...[model, held === null ? '' : priceText(held), share === null ? '' : `× ${share}`],
      ...(own === null ? [date, 'the program'] : [own.asOf, [own.author, own.source].filter(Boolean).join(': ')]),
    ];
  });
  const titles = ['model', 'USD per million tokens', 'in batches', 'as of', 'from'];
  const age = old ? ` It is ${ageDays} days old: check the prices, and set your own where they changed.` : '';
  return `${formatTable(
    titles.map((title) => ({ title })),
    rows,
  )}\n\nThe program's table is of ${date}.${age} ${source}`;
}

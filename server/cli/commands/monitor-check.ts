import type { Command } from 'commander';
import { conditionText, evidenceText, stateWords } from '../../services/monitor/alert-text.ts';
import { type RuleView, ruleView } from '../../services/monitor/alerts.ts';
import { checkAlerts } from '../../services/monitor/check-alerts.ts';
import { deliverAlerts } from '../../services/monitor/deliver-alerts.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { CommandRunner } from '../command-runner.ts';
import { exitCodes } from '../exit-code.ts';
import { projectOption } from '../options.ts';
import { formatTable } from '../table.ts';

/** `whetstone monitor check` */
export function addMonitorCheck(monitor: Command, runner: CommandRunner): void {
  monitor
    .command('check')
    .description(
      'hold the alert rules against what was observed, tell the webhook what changed; ends with 1 while one fires',
    )
    .addOption(projectOption())
    .action((options: { project: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const checked = await checkAlerts(workbench, project, new Date());
        const deliveries = await deliverAlerts(workbench, project, new Date());
        const rules = await Promise.all(checked.map((rule) => ruleView(workbench, rule)));
        const firing = rules.filter(({ state }) => state === 'firing').length;
        return {
          document: { firing, rules, deliveries },
          text: rulesTable(rules),
          exitCode: firing > 0 ? exitCodes.gateFailed : exitCodes.done,
        };
      }),
    );
}

function rulesTable(rules: readonly RuleView[]): string {
  if (rules.length === 0) return 'No rule watches this project yet. Add one on its page Monitor → Alerts.';
  return formatTable(
    [{ title: 'state' }, { title: 'rule' }, { title: 'seen' }],
    rules.map(({ state, condition, evidence }) => [
      stateWords[state],
      conditionText(condition),
      evidenceText(evidence, condition),
    ]),
  );
}

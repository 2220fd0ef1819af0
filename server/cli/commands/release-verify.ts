import type { Command } from 'commander';
import { type Verification, type VerificationProblem, verifyReleases } from '../../services/deploy/verify-releases.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { CommandRunner } from '../command-runner.ts';
import { exitCodes } from '../exit-code.ts';
import { projectOption } from '../options.ts';
import { formatTable } from '../table.ts';

const says: Record<VerificationProblem, string> = {
  digest: 'the evidence was changed after it was frozen',
  content: "the evidence is of other content than the version's",
  gate: 'a gate was neither met nor overridden',
};

/** `whetstone release verify` */
export function addReleaseVerify(release: Command, runner: CommandRunner): void {
  release
    .command('verify')
    .description('compute the digests of releases and requests anew, and check their content and gates')
    .addOption(projectOption())
    .action((options: { project: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const verification = await verifyReleases(workbench, await findProject(workbench, options.project));
        const all = [...verification.releases, ...verification.requests];
        const broken = all.some(({ problems }) => problems.length > 0);
        return {
          document: { ok: !broken, ...verification },
          text: verificationText(verification),
          exitCode: broken ? exitCodes.gateFailed : exitCodes.done,
        };
      }),
    );
}

function verificationText({ releases, requests }: Verification): string {
  if (releases.length + requests.length === 0) return 'There are no releases and no requests to check yet.';
  const verdict = (problems: readonly VerificationProblem[]) =>
    problems.length === 0 ? 'holds' : problems.map((problem) => says[problem]).join('; ');
  const rows = [
    ...releases.map((one) => ({ ...one, name: `release ${one.id}` })),
    ...requests.map((one) => ({ ...one, name: `request ${one.id}` })),
  ];
  return formatTable(
    [{ title: 'what' }, { title: 'prompt' }, { title: 'digest of its evidence' }, { title: 'verdict' }],
    rows.map(({ name, prompt, version, evidenceDigest, problems }) => [
      name,
      `${prompt}@${version}`,
      evidenceDigest,
      verdict(problems),
    ]),
  );
}

import type { Workbench } from '../services/workbench.ts';

/**
 * What the command line is given by the composition root. `data` is the folder that `--data` or `WHETSTONE_DATA` names, `scorers` the one of `--scorers` or
 * `WHETSTONE_SCORERS`; without them, the default ones.
 */
export type CliDependencies = {
  /** Version of this program. */
  version: string;
  /** Token of the person who gives commands, from `WHETSTONE_TOKEN`. */
  token(): string | undefined;
  openWorkbench(options: { data?: string; scorers?: string }): Promise<OpenWorkbench>;
  /** Resolves when the server listens. */
  serve(options: ServeOptions): Promise<Serving>;
};

export type OpenWorkbench = {
  workbench: Workbench;
  /** Gives back what the workbench holds: the database and the runs of this process. */
  close(): Promise<void>;
};

export type ServeOptions = {
  data?: string;
  scorers?: string;
  port: number;
  host: string;
  open: boolean;
  /** Folder whose changed prompt files are offered as new versions. */
  prompts?: string;
  /** Whether the sample's model may be fetched. */
  download: boolean;
  /** Days that traces are kept; left out where they stay. */
  keepTraces?: number;
};

export type Serving = {
  url: string;
  dataDirectory: string;
  /** Settles when the server has ended. */
  closed: Promise<void>;
};

import os from 'node:os';

/** What figures depend on, without what names a machine. */
export function describeMachine(): string {
  const cores = os.cpus();
  return [
    `${os.type()} ${os.arch()}`,
    `${cores.length} cores (${cores[0]?.model.trim() ?? 'of an unknown kind'}), of which a model computes on all but one`,
    'no graphics card',
    `${Math.round(os.totalmem() / 1e9)} GB of memory`,
    `Node ${process.versions.node}`,
    `load average ${os.loadavg()[1]?.toFixed(1)} over the last five minutes`,
  ].join(', ');
}

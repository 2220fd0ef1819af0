/**
 * A run as JUnit XML, as Jenkins, GitLab and Maven's Surefire read it: a wrong answer is a failure, a call without a usable reply an error.
 * https://github.com/jenkinsci/xunit-plugin, jenkins-junit.xsd.
 */
export type JUnitSuite = {
  name: string;
  tests: number;
  failures: number;
  errors: number;
  seconds: number;
  /** ISO 8601. */
  timestamp: string;
  properties: Readonly<Record<string, string>>;
};

export type JUnitCase = {
  name: string;
  className: string;
  seconds: number;
  problem: { kind: 'failure' | 'error'; type: string; message: string; text: string } | null;
};

/** The document in pieces, so that a long run is never held as a whole. */
export async function* writeJUnit(suite: JUnitSuite, cases: AsyncIterable<JUnitCase>): AsyncGenerator<string> {
  const { name, tests, failures, errors } = suite;
  const counts = { tests, failures, errors, time: suite.seconds.toFixed(3) };
  const properties = Object.entries(suite.properties).map(
    ([name, value]) => `      <property${attributes({ name, value })}/>\n`,
  );
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: 'whetstone', ...counts })}>\n`;
  yield `  <testsuite${attributes({ name, ...counts, skipped: 0, timestamp: suite.timestamp.slice(0, 19) })}>\n`;
  yield `    <properties>\n${properties.join('')}    </properties>\n`;
  for await (const item of cases) yield testCase(item);
  yield '  </testsuite>\n</testsuites>\n';
}

function testCase({ name, className, seconds, problem }: JUnitCase): string {
  const open = `    <testcase${attributes({ name, classname: className, time: seconds.toFixed(3) })}`;
  if (problem === null) return `${open}/>\n`;
  const { kind, type, message, text } = problem;
  return `${open}>\n      <${kind}${attributes({ message, type })}>${escaped(text)}</${kind}>\n    </testcase>\n`;
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escaped(String(value)).replace(/[\t\n]/g, (space) => `&#${space.charCodeAt(0)};`)}"`,
    )
    .join('');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** XML 1.0, section 2.2, has no place for most control characters, not even as references. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"\r]/g, (mark) => entities[mark] ?? mark);

/** Names of fields that hold a case's variables rather than being one. */
const containers = ['vars', 'variables'];
const LINES_READ = 20;

/** The names of a file's fields, read from its first lines to offer them for choice; what is imported, the server reads. Empty where there are none to be found. */
export function fieldNames(fileName: string, text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, LINES_READ + 1)
    .filter((line) => line.trim() !== '');
  const names = /\.(jsonl|ndjson)$/i.test(fileName)
    ? lines.slice(0, LINES_READ).flatMap(namesOfObject)
    : namesOfHeader(lines[0] ?? '');
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}

function namesOfObject(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      containers.includes(name.toLowerCase()) && isObject(inner) ? Object.keys(inner) : [name],
    );
  } catch {
    // The server says what is wrong with the line.
    return [];
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of a header row (RFC 4180), which may be quoted. */
function namesOfHeader(header: string): string[] {
  const delimiter = [',', '\t', ';'].find((candidate) => header.includes(candidate)) ?? ',';
  const field = new RegExp(`(?:^|${delimiter})(?:"((?:[^"]|"")*)"|([^${delimiter}]*))`, 'g');
  return [...header.matchAll(field)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

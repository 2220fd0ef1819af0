/** What a template's code may call: each function with the names that it needs itself. Their behaviour is Handlebars' own. */
const functions: Readonly<Record<string, { needs: readonly string[]; code: string }>> = {
  value: {
    needs: [],
    code: `/** What a value has under a name; what it inherited is nothing. */
function value(from: unknown, name: string): unknown {
  if (from === undefined || from === null) throw new Error(\`Nothing can be asked for "\${name}".\`);
  const object: Record<string, unknown> = Object(from);
  return Object.hasOwn(object, name) ? object[name] : undefined;
}`,
  },
  required: {
    needs: ['value'],
    code: `function required(from: unknown, name: string): unknown {
  if (typeof from === 'object' && from !== null && name in from) return value(from, name);
  throw new Error(\`The variable "\${name}" is missing.\`);
}`,
  },
  text: {
    needs: [],
    code: `function text(value: unknown): string {
  return value === undefined || value === null ? '' : \`\${value}\`;
}`,
  },
  otherwise: {
    needs: [],
    code: `function otherwise(value: unknown, fallback: unknown): unknown {
  return value === undefined || value === null || value === '' ? fallback : value;
}`,
  },
  isEmpty: {
    needs: [],
    code: `function isEmpty(value: unknown): boolean {
  return (!value && value !== 0) || (Array.isArray(value) && value.length === 0);
}`,
  },
  holds: {
    needs: ['isEmpty'],
    code: `function holds(value: unknown, includeZero: unknown = false): boolean {
  return !((!includeZero && !value) || isEmpty(value));
}`,
  },
  inner: {
    needs: [],
    code: `/** The contexts from within, the innermost first. */
function inner(context: unknown, depths: readonly unknown[]): readonly unknown[] {
  // As Handlebars compares them: null and undefined are one, and so are 1 and "1".
  return context != depths[0] && !(context === nothing && depths[0] === null) ? [context, ...depths] : depths;
}`,
  },
  nothing: { needs: [], code: `/** Stands for an item that is null. */\nconst nothing: object = Object.freeze({});` },
  outer: {
    needs: [],
    code: `function outer(frame: Frame, levels: number): Frame | undefined {
  let found: Frame | undefined = frame;
  for (let level = 0; level < levels; level += 1) found = found?._parent;
  return found;
}`,
  },
  within: {
    needs: ['isEmpty', 'inner', 'nothing'],
    code: `function within(
  context: unknown,
  depths: readonly unknown[],
  body: (context: unknown, depths: readonly unknown[]) => string,
  other: () => string,
): string {
  return isEmpty(context) ? other() : body(context, inner(context, depths));
}`,
  },
  each: {
    needs: ['inner', 'nothing'],
    code: `function each(
  items: unknown,
  depths: readonly unknown[],
  frame: Frame,
  body: (context: unknown, depths: readonly unknown[], frame: Frame) => string,
  other: () => string,
): string {
  if (typeof items !== 'object' || items === null) return other();
  const list = Array.isArray(items);
  const entries = Object.entries(items);
  const texts = entries.map(([name, item], index) => {
    const place = { index, first: index === 0, last: index === entries.length - 1 };
    return body(item, inner(item, depths), { ...frame, _parent: frame, key: list ? index : name, ...place });
  });
  return texts.length === 0 ? other() : texts.join('');
}`,
  },
};

const frameType = `type Frame = { readonly root: unknown; readonly _parent?: Frame; readonly [name: string]: unknown };`;

/** The functions that a code calls, in TypeScript. */
export function runtimeFor(code: string): string {
  const called = withoutTexts(code);
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    functions[name]?.needs.forEach(add);
  };
  for (const name of Object.keys(functions)) if (new RegExp(`\\b${name}\\b`).test(called)) add(name);
  const texts = Object.entries(functions).flatMap(([name, { code: own }]) => (found.has(name) ? [own] : []));
  return [...(called.includes('frame0') || found.has('each') ? [frameType] : []), ...texts].join('\n\n');
}

/** A code without what its strings say. */
export const withoutTexts = (code: string): string => code.replace(/"(?:[^"\\]|\\.)*"/g, '""');

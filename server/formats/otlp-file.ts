import { type FileProblem, fileError } from './file-problem.ts';
import { jsonError } from './json-error.ts';
import { readOtlpTraces, type SentSpans } from './otlp.ts';

/**
 * A file of traces: a request of OTLP in JSON on each line, as the Collector's file exporter writes them, or one that fills the file. Throws
 * `traces_file_invalid` for a file of which any line is none.
 */
export function readOtlpFile(fileName: string, text: string): SentSpans[] {
  const whole = readLine(text);
  if ('sent' in whole) return whole.sent;
  const problems: FileProblem[] = [];
  const sent = text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const read = readLine(line);
    if ('sent' in read) return read.sent;
    problems.push({ line: index + 1, ...read });
    return [];
  });
  if (text.trim() === '')
    problems.push({ line: 1, message: 'This file is empty. Give one OTLP request in JSON on each line.' });
  if (problems.length > 0) throw fileError('traces_file_invalid', fileName, problems);
  return sent;
}

function readLine(source: string): { sent: SentSpans[] } | Omit<FileProblem, 'line'> {
  try {
    const value: unknown = JSON.parse(source.replace(/^\uFEFF/, ''));
    const sent = readOtlpTraces(value);
    return sent === null ? { message: 'This is JSON, but no request of OTLP with "resourceSpans".' } : { sent };
  } catch (error) {
    const { position, reason } = jsonError(source, error);
    return {
      column: position + 1,
      message: `This line is not JSON: ${reason}. Give one OTLP request in JSON on each line.`,
    };
  }
}

import { z } from 'zod';
import type { Role } from '../../domain/person.ts';

/** One HTTP operation: what it takes, what it gives, and one sentence on it. The same object checks requests and describes them in OpenAPI. */
export type RouteContract = {
  summary: string;
  /** The role that it needs once there are people: what reads needs none unless said (`null`), what writes an editor. */
  needs?: Role | null;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Media type of a body that is taken as a stream of bytes, in place of JSON. */
  upload?: string;
  /** `z.undefined()` where nothing is given back (204); a string for a media type other than JSON. */
  response: z.ZodType | { mediaType: string };
};

const slug = z.string().min(1).max(80);
const id = z.coerce.number().int().positive();

export const projectParams = z.object({ project: slug });
export const promptParams = z.object({ project: slug, prompt: slug });
export const setParams = z.object({ project: slug, set: slug });
export const runParams = z.object({ run: id });
export const idParams = z.object({ id });

export const interval = z.tuple([z.number(), z.number()]).readonly();
export const instant = z.string();
export const jsonObject = z.record(z.string(), z.json());
export const splitChoice = z.enum(['dev', 'holdout', 'all']);
export const split = z.enum(['dev', 'holdout']);
export const author = z.string().max(80).default('');

/** A sentence that the pages say in their own language: its code and what to fill in. */
export const saying = z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) });

/** What is wrong in a file, and where. */
export const fileProblem = saying.partial().extend({
  line: z.number(),
  column: z.number().optional(),
  message: z.string(),
});

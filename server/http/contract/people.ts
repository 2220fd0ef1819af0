import { z } from 'zod';
import { roles } from '../../domain/person.ts';
import { idParams, instant, type RouteContract } from './route.ts';

const role = z.enum(roles);
export const person = z.object({ id: z.number(), name: z.string(), role, createdAt: instant });
const withToken = z.object({
  person,
  /** Shown this once; only its hash is kept. */
  token: z.string(),
});

export const peopleRoutes = {
  'GET /api/people': {
    summary:
      'The people of this workbench, and who of them asks. While there are none, whoever asks may do everything.',
    response: z.object({ people: z.array(person), me: person.nullable() }),
  },
  'POST /api/people': {
    summary:
      'Adds a person and gives their token, this once. The first is an approver and is remembered in the browser that asks.',
    needs: 'approver',
    body: z.strictObject({ name: z.string().trim().min(1).max(80), role: role.default('editor') }),
    response: withToken,
  },
  'PATCH /api/people/:id': {
    summary: 'Changes the role of a person.',
    needs: 'approver',
    params: idParams,
    body: z.strictObject({ role }),
    response: person,
  },
  'POST /api/people/:id/token': {
    summary: "Replaces the token of a person: their own, or as an approver anyone's. The old one stops at once.",
    needs: 'viewer',
    params: idParams,
    response: withToken,
  },
  'DELETE /api/people/:id': {
    summary: 'Removes a person; what they did stays under their name.',
    needs: 'approver',
    params: idParams,
    response: z.undefined(),
  },
  'POST /api/people/me': {
    summary: 'Says with a token who asks from this browser from now on.',
    needs: null,
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    response: person,
  },
  'DELETE /api/people/me': {
    summary: 'Forgets who asks from this browser.',
    needs: null,
    response: z.undefined(),
  },
} satisfies Record<string, RouteContract>;

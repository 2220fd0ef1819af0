import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Answer, SentBody } from '../../../../server/http/contract/index.ts';
import type { ApiError } from '../../api/client.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { uploadFile } from '../../api/upload.ts';
import { useAuthor } from '../../components/author-field.tsx';

export type Preview = Answer<'POST /api/projects/:project/sets/preview'>;
export type FieldRole = Preview['fields'][number]['role'];
/** How a file is read where a person knows better than the server. */
export type Reading = Omit<SentBody<'POST /api/projects/:project/sets/preview'>, 'upload'>;
type LeaveOut = { conflicts: boolean; nearDuplicates: boolean };

const nothing: LeaveOut = { conflicts: false, nearDuplicates: false };
/** Roles that one field at most has. */
const single: readonly FieldRole[] = ['expected', 'tags', 'id', 'group', 'scorers'];

/** The way of a file into a set: sent, looked at with a mapping of its fields, imported. */
export function useImport(project: string) {
  const [author] = useAuthor();
  const [name, setName] = useState<string | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [reading, setReading] = useState<Reading>({});
  const [leaveOut, setLeaveOut] = useState(nothing);
  const sending = useRef<AbortController>(null);
  const upload = useMutation<Answer<'POST /api/projects/:project/sets/upload'>, ApiError, File>({
    mutationFn: (file) => {
      const controller = new AbortController();
      sending.current = controller;
      return uploadFile(project, file, setSent, controller.signal).finally(() => setSent(null));
    },
  });
  const save = useApiMutation('POST /api/projects/:project/sets/import-upload');
  useEffect(() => () => sending.current?.abort(), []);

  const id = upload.data?.upload;
  const query = useApi(
    'POST /api/projects/:project/sets/preview',
    { params: { project }, body: { upload: id ?? '', ...reading } },
    {
      enabled: id !== undefined && !save.isPending && !save.isSuccess,
      keepPrevious: true,
      staleTime: Number.POSITIVE_INFINITY,
    },
  );
  const preview = id === undefined ? undefined : withRoles(query.data, reading.roles);
  const forget = () => {
    sending.current?.abort();
    upload.reset();
    save.reset();
    setName(null);
    setReading({});
    setLeaveOut(nothing);
  };
  return {
    name,
    sent,
    preview,
    reading: id !== undefined && query.isFetching,
    error: save.error ?? query.error ?? (name === null ? null : upload.error),
    leaveOut,
    setLeaveOut,
    pending: save.isPending,
    outcome: save.data,
    forget,
    take: (file: File) => {
      forget();
      setName(file.name);
      setSent(0);
      upload.mutate(file);
    },
    /** Reads the file otherwise: its fields may be others then. */
    readAs: (changed: Reading) => {
      save.reset();
      setReading({ ...reading, roles: undefined, ...changed });
    },
    setRole: (field: string, role: FieldRole) => {
      save.reset();
      setReading({ ...reading, roles: withRole(preview?.fields ?? [], field, role) });
    },
    send: (about: { set: string; holdout: number }) => {
      if (id === undefined || preview === undefined) return;
      const roles = Object.fromEntries(preview.fields.map((field) => [field.name, field.role]));
      save.mutate({ params: { project }, body: { ...about, ...reading, roles, leaveOut, upload: id, author } });
    },
  };
}

export type Importing = ReturnType<typeof useImport>;

/** A preview that is still read anew shows already what was chosen; else a choice made meanwhile would undo the one before. */
const withRoles = (preview: Preview | undefined, roles: Reading['roles'] = {}): Preview | undefined =>
  preview && {
    ...preview,
    fields: preview.fields.map((field) => ({ ...field, role: roles[field.name] ?? field.role })),
  };

/** Roles that no two fields have together. */
const sharedBy = (role: FieldRole): readonly FieldRole[] =>
  role === 'group' || role === 'variable_group' ? ['group', 'variable_group'] : single.includes(role) ? [role] : [];

/** The roles of all fields with one changed; who had a role that only one can have becomes a variable, and the fields of one that is closed have none. */
export function withRole(fields: Preview['fields'], changed: string, role: FieldRole): Record<string, FieldRole> {
  const isClosed = fields.some((field) => field.name === changed && field.role === 'fields');
  const kept = fields.filter(({ name }) => !isClosed || !name.startsWith(`${changed}.`));
  return Object.fromEntries(
    kept.map((field) => {
      if (field.name === changed) return [field.name, role];
      return [field.name, sharedBy(role).includes(field.role) ? 'variable' : field.role];
    }),
  );
}

/** What an employee changes of a request for leave or a journey. Pure. */
import type { DocumentForm } from './document-form.ts';
import { namedApprovers } from './named-approvers.ts';
import { FIELD_LABELS } from './words.ts';

export const LEAVE_FORM: DocumentForm = {
  parts: (document) => [
    {
      fields: [
        { path: ['kind'], label: FIELD_LABELS.leaveKind, input: 'text', isRequired: true, maxLength: 32 },
        { path: ['from'], label: FIELD_LABELS.from, input: 'date', isRequired: true },
        { path: ['startsAtNoon'], label: FIELD_LABELS.startsAtNoon, input: 'tick' },
        { path: ['to'], label: FIELD_LABELS.to, input: 'date', isRequired: true },
        { path: ['endsAtNoon'], label: FIELD_LABELS.endsAtNoon, input: 'tick' },
        { path: ['destination'], label: FIELD_LABELS.destination, input: 'text', maxLength: 200 },
        { path: ['substituteId'], label: FIELD_LABELS.substitute, input: 'text', maxLength: 64 },
        { path: ['reason'], label: FIELD_LABELS.leaveReason, input: 'area', maxLength: 2000 },
      ],
    },
    ...namedApprovers(document),
  ],
  complete: (document) => document,
};

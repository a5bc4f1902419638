/** What a requester changes of an engineering change: the whole bill as it shall be, and the day that it counts from. Pure. */
import type { DocumentForm, FormPart } from './document-form.ts';
import { itemsAt, type Path } from './document-path.ts';
import { namedApprovers } from './named-approvers.ts';
import { componentTitle, FIELD_LABELS } from './words.ts';

export const CHANGE_FORM: DocumentForm = {
  parts: (document) => {
    const { length } = itemsAt(document, ['components']);
    return [
      {
        hint: FIELD_LABELS.changeHint,
        fields: [
          { path: ['title'], label: FIELD_LABELS.title, input: 'text', isRequired: true, maxLength: 200 },
          { path: ['productCode'], label: FIELD_LABELS.madeProduct, input: 'text', isRequired: true, maxLength: 64 },
          { path: ['basedOn'], label: FIELD_LABELS.basedOn, input: 'text', maxLength: 64 },
          { path: ['effectiveOn'], label: FIELD_LABELS.effectiveOn, input: 'date', isRequired: true },
          { path: ['reason'], label: FIELD_LABELS.leaveReason, input: 'area', maxLength: 2000 },
        ],
      },
      ...Array.from({ length }, (_, index) => componentPart(index)),
      { ...componentPart(length), title: FIELD_LABELS.newComponent, hint: FIELD_LABELS.newLineHint, isNew: true },
      ...namedApprovers(document),
    ];
  },
  complete: (document) => document,
};

function componentPart(index: number): FormPart {
  const at: Path = ['components', index];
  return {
    title: componentTitle(index + 1),
    item: at,
    fields: [
      { path: [...at, 'productCode'], label: FIELD_LABELS.product, input: 'text', isRequired: true, maxLength: 64 },
      { path: [...at, 'quantity'], label: FIELD_LABELS.quantity, input: 'decimal', isRequired: true },
    ],
  };
}

/** `meridian.oa` / `EngineeringChangeSubmitted`: somebody asks that a product be made of something else. */
import * as z from 'zod';
import { decimalSchema } from '../money/money.ts';
import { choicesShape } from './choices.ts';
import { referenceSchema, requestEnvelopeSchema } from './envelope.ts';

export const ENGINEERING_CHANGE_SUBMITTED = 'EngineeringChangeSubmitted';

/** At most this many components: no longer bill could be read by the people who decide. */
const MAX_COMPONENTS = 100;

/** What is asked for: the whole bill of materials as it shall be. Dates are `YYYY-MM-DD` of the company's time zone. */
export const engineeringChangeSchema = z.object({
  title: z.string().min(1).max(200),
  /** Personal: it stands beside the record, where it can be erased. */
  reason: z.string().max(2000).default(''),
  /** Of the product that is made. */
  productCode: z.string().min(1).max(64),
  /** The version of the bill that the change was drawn up on, as Meridian or the ERP named it; absent: the one in force when it is checked. */
  basedOn: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/u, 'must be a version as it was named, such as "7-3f2a90c1"')
    .optional(),
  /** First day on which it is to be made so. */
  effectiveOn: z.iso.date(),
  /** For the same quantity of the product as the bill in force. */
  components: z
    .array(
      z.object({
        productCode: z.string().min(1).max(64),
        /** In the product's own unit of the ERP; more than zero, at most 4 digits after the point. */
        quantity: decimalSchema,
      }),
    )
    .min(1)
    .max(MAX_COMPONENTS),
  ...choicesShape,
});
export type EngineeringChange = z.infer<typeof engineeringChangeSchema>;

/** The least that must be readable for the request to be known and its sender answered. */
export const engineeringChangeEnvelopeSchema = requestEnvelopeSchema.extend({
  change: z.record(z.string(), z.unknown()),
});

/** As the process begins: with the event of an OA, or with what was proposed in the ERP. */
export const registeredChangeSchema = engineeringChangeEnvelopeSchema.extend({ oa: referenceSchema });

export const engineeringChangeSubmittedSchema = engineeringChangeEnvelopeSchema.extend({
  change: engineeringChangeSchema,
});
export type EngineeringChangeSubmitted = z.infer<typeof engineeringChangeSubmittedSchema>;

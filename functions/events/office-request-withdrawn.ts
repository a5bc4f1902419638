/** `meridian.oa` / `OfficeRequestWithdrawn`: the requester takes an office request back that has no number yet. */
import { withdrawalSchema } from './envelope.ts';

export const OFFICE_REQUEST_WITHDRAWN = 'OfficeRequestWithdrawn';

export const officeRequestWithdrawnSchema = withdrawalSchema;

/** `meridian.oa` / `OfficeRequestUrged`: the requester asks those who are to decide to get on with it. */
import { urgingSchema } from './envelope.ts';

export const OFFICE_REQUEST_URGED = 'OfficeRequestUrged';

export const officeRequestUrgedSchema = urgingSchema;

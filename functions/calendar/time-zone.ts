import * as z from 'zod';
import { isTimeZone } from './domain/zone.ts';

/** Name of an IANA time zone, such as `Europe/Berlin`. */
export const timeZoneSchema = z.string().refine(isTimeZone, 'must be an IANA time zone');

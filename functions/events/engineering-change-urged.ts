/** `meridian.oa` / `EngineeringChangeUrged`: the requester asks those who are to decide to get on with it. */
import { urgingSchema } from './envelope.ts';

export const ENGINEERING_CHANGE_URGED = 'EngineeringChangeUrged';

export const engineeringChangeUrgedSchema = urgingSchema;

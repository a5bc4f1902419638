/** `meridian.oa` / `EngineeringChangeWithdrawn`: the requester takes a change back, also one that is approved and not in force yet. */
import { withdrawalSchema } from './envelope.ts';

export const ENGINEERING_CHANGE_WITHDRAWN = 'EngineeringChangeWithdrawn';

export const engineeringChangeWithdrawnSchema = withdrawalSchema;

import type { MachineDefinition } from './definition.ts';
import { requireExpress } from './express.ts';
import { requireIntegrations } from './integrations.ts';
import type { MachineType } from './machines.ts';
import { parseDefinitionText } from './validate.ts';

/** A definition's text as the engine runs it; throws InvalidDefinition, by AWS's name. */
export function readDefinition(text: string, type: MachineType): MachineDefinition {
  const definition = parseDefinitionText(text);
  if (type === 'EXPRESS') requireExpress(definition);
  requireIntegrations(definition);
  return definition;
}

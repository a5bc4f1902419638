/** Brings the ERP's facts onto the bus: what is seen twice is put twice under the same id, and nothing is left out. */
import { createHash } from 'node:crypto';
import { EVENT_SOURCES, SCHEMA_VERSION } from '../../events/envelope.ts';
import type { EventPublisher } from '../../process/event-publisher.ts';
import { watermarkKey } from '../../process/keys.ts';
import type { ProcessStore } from '../../process/store/port.ts';
import { ConcurrencyError } from '../../runtime/errors.ts';
import type { EngineeringPort } from './engineering-port.ts';
import type { ErpChanges, ErpFact, ErpPort } from './port.ts';

export interface PollErpDeps {
  readonly store: ProcessStore;
  readonly erp: ErpPort;
  readonly publisher: EventPublisher;
  /** Where bills are proposed in the ERP; undefined: nobody asks for them. */
  readonly engineering?: Pick<EngineeringPort, 'proposalsSince'>;
  /** Name of the ERP, as in the events. */
  readonly system: string;
}

/**
 * Reads the changes since the watermark, puts them on the bus, and only then moves the watermark: a crash between the
 * two brings the same facts again. Of two pollers at once one moves it; the other's facts were put twice.
 */
export async function pollErp(deps: PollErpDeps): Promise<{ facts: number }> {
  const { engineering, erp, system } = deps;
  const facts = await carry(deps, system, (watermark) => erp.changesSince(watermark));
  const proposals =
    engineering === undefined
      ? 0
      : await carry(deps, `${system}-proposals`, (watermark) => engineering.proposalsSince(watermark));
  return { facts: facts + proposals };
}

/** Each section of the ERP has a watermark of its own. */
async function carry(
  deps: PollErpDeps,
  section: string,
  changesSince: (watermark: string | undefined) => Promise<ErpChanges>,
): Promise<number> {
  const key = watermarkKey(section);
  const item = await deps.store.read<{ watermark: string }>(key);
  const { facts, watermark } = await changesSince(item?.value.watermark);
  await deps.publisher.publish(facts.map((fact) => eventOf(deps.system, fact)));
  if (watermark !== item?.value.watermark) {
    const place =
      item === undefined ? { kind: 'create' as const } : { kind: 'replace' as const, ifVersion: item.version };
    await moveWatermark(deps.store, { ...place, key, value: { watermark } });
  }
  return facts.length;
}

async function moveWatermark(
  store: ProcessStore,
  change: Parameters<ProcessStore['commit']>[0]['changes'][number],
): Promise<void> {
  try {
    await store.commit({ entries: [], personal: [], changes: [change] });
  } catch (error) {
    if (!(error instanceof ConcurrencyError)) {
      throw error;
    }
  }
}

function eventOf(system: string, fact: ErpFact) {
  const { type, occurredAt, ...document } = fact;
  const identity = [system, type, ...Object.values(document)].join('\n');
  return {
    source: EVENT_SOURCES.erp,
    detailType: type,
    detail: {
      metadata: {
        eventId: `erp-${createHash('sha256').update(identity).digest('hex').slice(0, 32)}`,
        correlationId: subjectOf(fact),
        occurredAt,
        schemaVersion: SCHEMA_VERSION,
      },
      erp: { system },
      ...document,
    },
  };
}

function subjectOf(fact: ErpFact): string {
  switch (fact.type) {
    case 'EmployeePaymentCompleted':
      return fact.entryNumber;
    case 'BillOfMaterialsProposed':
      return `bom-${fact.proposalId}`;
    default:
      return fact.orderNumber;
  }
}

import { randomUUID } from 'node:crypto';
import { EVENT_SOURCES, SCHEMA_VERSION } from '../../../../functions/events/envelope.ts';
import { ORDER_CHANGED } from '../../../../functions/events/order-changed.ts';
import { orderProcessId } from '../../../../functions/orders/domain/order-progress.ts';
import type { OrderKind } from '../../../../functions/orders/domain/stages.ts';
import { createOrderDesk } from '../../../tryton/order-desk.ts';
import { putEvent } from '../../put-event.ts';
import type { Stage, Story } from '../stage.ts';

const PRODUCT = 'P-9001';
const PROMISED = '2031-03-14';

export const madeToOrder: Story = {
  title:
    'A sale that is made first (销售订单进度): ordered, in production, finished, shipped and invoiced, as the ERP says it',
  async play(stage) {
    const desk = createOrderDesk(stage.cloud.tryton, stage.cloud.tryton.logins);
    const sale = await desk.offer({ productCode: PRODUCT, quantity: '2', unitPrice: '1280.50', promisedOn: PROMISED });
    await desk.confirm(sale);
    const production = await desk.plan(PRODUCT, '2', PROMISED);
    const follow = followed(stage);
    const sold = await follow('sales-order', sale, ['OrderFollowed', { amount: '2561', currency: 'CNY' }]);
    const made = await follow('production-order', production, ['OrderFollowed', { quantity: '2' }]);
    stage.say(`${sale} was ordered for ${PROMISED}, and ${production} is to make it`);

    await desk.start(production);
    await follow('production-order', production, stageReached('in-production'));
    await desk.finish(production);
    await follow('production-order', production, stageReached('finished'));
    stage.say(`${production} was begun and finished`);

    await desk.ship(sale, '1');
    await follow('sales-order', sale, stageReached('shipped', false));
    await desk.ship(sale);
    await follow('sales-order', sale, stageReached('shipped'));
    await desk.invoice(sale);
    await follow('sales-order', sale, stageReached('invoiced'));
    stage.say(`${sale} was shipped in two parts and invoiced`);

    return [
      { processId: sold, expected: [['OrderFollowed'], stageReached('invoiced'), ['FollowedOrderClosed']] },
      { processId: made, expected: [['OrderFollowed'], stageReached('finished'), ['FollowedOrderClosed']] },
    ];
  },
};

type Reached = readonly [type: string, facts: Readonly<Record<string, unknown>>];

function stageReached(stage: string, isWhole = true): Reached {
  return ['OrderStageReached', { stage, isWhole }];
}

/** The ERP says that an order was changed, as one with webhooks would at once; gives its record once that stands there. */
function followed({ cloud, busName, recorded }: Stage) {
  return async (kind: OrderKind, orderNumber: string, expected: Reached): Promise<string> => {
    const detail = {
      metadata: {
        eventId: `erp-${randomUUID()}`,
        correlationId: orderNumber,
        occurredAt: new Date().toISOString(),
        schemaVersion: SCHEMA_VERSION,
      },
      erp: { system: 'tryton' },
      orderKind: kind,
      orderNumber,
    };
    await putEvent(cloud.endpoint, busName, ORDER_CHANGED, detail, EVENT_SOURCES.erp);
    const processId = orderProcessId('tryton', { kind, orderNumber });
    await recorded({ processId, expected: [expected] });
    return processId;
  };
}

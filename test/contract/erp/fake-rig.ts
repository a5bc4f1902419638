import { FakeErp } from '../../support/fake-erp.ts';
import type { ByProduct, ErpRig, InvoicePaper } from './rig.ts';

export async function openFakeRig(): Promise<ErpRig> {
  return fakeRig(new FakeErp({ clock: { now: () => new Date() } }));
}

/** The ERP in memory, or one made of it, with its clerks. */
export function fakeRig(fake: FakeErp): ErpRig {
  const orderOfInvoice = new Map<string, string>();

  const byLine = (orderNumber: string, figures: ByProduct): Record<number, string> => {
    const lines = fake.allOrders().find((order) => order.orderNumber === orderNumber)?.lines ?? [];
    return Object.fromEntries(
      lines.flatMap(({ lineNumber, productCode }) => {
        const figure = figures[productCode];
        return figure === undefined ? [] : [[lineNumber, figure]];
      }),
    );
  };
  const entryOf = (orderNumber: string, { reference, prices, quantities, charge }: InvoicePaper) => ({
    supplierReference: reference,
    ...(prices === undefined ? {} : { prices: byLine(orderNumber, prices) }),
    ...(quantities === undefined ? {} : { quantities: byLine(orderNumber, quantities) }),
    ...(charge === undefined ? {} : { extraLine: charge }),
  });

  return {
    erp: fake,
    another: () => fake,
    clerks: {
      receiveGoods: async (order, quantities) =>
        fake.receiveGoods(order, quantities === undefined ? undefined : byLine(order, quantities)),
      enterInvoice: async (order, paper) => {
        const invoice = fake.enterInvoice(order, entryOf(order, paper));
        orderOfInvoice.set(invoice, order);
        return invoice;
      },
      correctInvoice: async (invoice, paper) =>
        fake.correctInvoice(invoice, entryOf(orderOfInvoice.get(invoice) ?? '', paper)),
      confirmPayment: async (payment) => fake.confirmPayment(payment),
      failPayment: async (payment) => fake.failPayment(payment),
      cancelOrder: async (order) => fake.cancelOrderInErp(order),
    },
    ordersWith: async (key) => fake.allOrders().filter((order) => order.key === key).length,
    paymentsWith: async (key) => fake.allPayments().filter((payment) => payment.key === key).length,
    linksOf: async (order) => fake.links.filter(({ orderNumber }) => orderNumber === order).map(({ url }) => url),
    close: async () => {},
  };
}

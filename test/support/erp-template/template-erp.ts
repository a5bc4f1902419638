/**
 * A template of a connector to another ERP (docs/connectors.md): copy it to `functions/connectors/erp/<vendor>/`, cut it into
 * files as the connectors beside it are, and put your ERP's calls in place of these. It passes the first half of the suite as
 * it stands; its second half is yours to write.
 */
import * as z from 'zod';
import { createOnce, furthest } from '../../../functions/connectors/erp/once.ts';
import { NotDoneError, networkError, RefusedError, retryAfterOf } from '../../../functions/connectors/erp/outcome.ts';
import type { CommandClaims, ErpPort } from '../../../functions/connectors/erp/port.ts';
import {
  BusinessRuleError,
  ConfigError,
  ConnectorPermanentError,
  ConnectorTransientError,
} from '../../../functions/runtime/errors.ts';

/** Step 1. What the secret holds. It is read for every call, since it may be rotated. */
export interface TemplateCredentials {
  readonly url: string;
  readonly apiKey: string;
}

export interface TemplateParts {
  readonly credentials: () => Promise<TemplateCredentials>;
  readonly claims: CommandClaims;
}

/** Below the time of the functions that call. */
const CALL_MS = 12_000;

/** Step 2. One function for all failures: which of our errors it is, and whether the call was certainly not done. */
function errorOf(status: number, text: string, retryAfter: string | null, operation: string): Error {
  if (status === 401) {
    return new ConfigError('the ERP refuses the key of the connector: check apiKey in its secret');
  }
  if (status === 429) {
    return new NotDoneError(`the ERP lets the connector wait (${operation})`, retryAfterOf(retryAfter));
  }
  if (status >= 500) {
    return new ConnectorTransientError(`the ERP answered ${status} (${operation})`, retryAfterOf(retryAfter));
  }
  const { rule, message } = z.object({ rule: z.string().optional(), message: z.string() }).parse(JSON.parse(text));
  return rule === undefined
    ? new RefusedError(`the ERP refuses ${operation}: ${message}`)
    : new BusinessRuleError(rule, message);
}

/** Step 3. One function for all calls: a time-out, and a schema for each answer. */
function createCall({ credentials }: TemplateParts) {
  return async <Shape>(operation: string, args: object, shape: z.ZodType<Shape>): Promise<Shape> => {
    const { url, apiKey } = await credentials();
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey, connection: 'close' },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(CALL_MS),
    };
    const response = await fetch(`${url}/${operation}`, request).catch((cause: unknown) => {
      throw networkError('the ERP', cause, operation);
    });
    const text = await response.text();
    if (response.status !== 200) {
      throw errorOf(response.status, text, response.headers.get('retry-after'), operation);
    }
    const parsed = shape.safeParse(JSON.parse(text));
    if (!parsed.success) {
      throw new ConnectorPermanentError(`the ERP answered ${operation} in a shape that this connector does not know`);
    }
    return parsed.data;
  };
}

const supplierShape = z.object({ code: z.string(), name: z.string() });
const moneyShape = z.object({ amount: z.string(), currency: z.string() });
const productShape = z.object({
  ...{ code: z.string(), name: z.string(), unit: z.string(), onHand: z.string() },
  categories: z.array(z.string()).exactOptional(),
  supplierPrice: moneyShape.exactOptional(),
});
const lineShape = z.object({
  ...{ lineNumber: z.int(), productCode: z.string(), quantity: z.string(), unitPrice: z.string(), amount: z.string() },
});
const orderShape = z.object({
  ...{ orderNumber: z.string(), key: z.string(), supplierCode: z.string(), currency: z.string() },
  ...{ state: z.enum(['draft', 'confirmed', 'done', 'cancelled']), lines: z.array(lineShape) },
  ...{ total: z.string(), tax: z.string() },
});
const draftShape = z.object({ id: z.int(), state: z.enum(['draft', 'done']) });

/** Step 6, the second half: receipts, invoices, payments and changes. */
async function notWrittenYet(): Promise<never> {
  throw new ConnectorPermanentError('this operation of the connector is not written yet');
}

export function createTemplateErp(parts: TemplateParts): ErpPort {
  const call = createCall(parts);
  const { claims } = parts;
  return {
    // Step 4. What is only read. JSON has no undefined: this ERP answers null.
    findSupplier: async (code) => (await call('findSupplier', { code }, supplierShape.nullable())) ?? undefined,
    findProducts: (codes, supplierCode) => call('findProducts', { codes, supplierCode }, z.array(productShape)),
    exchangeRate: async (currency, date) =>
      (await call('exchangeRate', { currency, date }, z.string().nullable())) ?? undefined,
    readOrder: async (orderNumber) => (await call('readOrder', { orderNumber }, orderShape.nullable())) ?? undefined,
    findOrder: async (key) => (await call('findOrder', { key }, orderShape.nullable())) ?? undefined,
    // What an ERP does not keep is said so where the port allows it.
    readBudget: async () => undefined,

    // Step 5. What changes something, once for a key. This ERP knows no unique keys: the right to create is claimed.
    async createOrder(command) {
      const { key } = command;
      const { id } = await createOnce({
        ...{ claims, key },
        find: async () => furthest(await call('draftsOf', { key }, z.array(draftShape)), ['draft', 'done']),
        prepare: async () => ({ key }),
        create: (values) => call('createDraft', values, z.int()),
        discard: async (twin) => {
          await call('deleteDraft', { id: twin }, z.null());
        },
      });
      const order = await call('confirmOrder', { id, command }, orderShape);
      await claims.complete(key, order.orderNumber);
      return order;
    },
    async cancelOrder(orderNumber) {
      await call('cancelOrder', { orderNumber }, z.null());
    },
    async linkRecord(orderNumber, title, url) {
      await call('linkRecord', { orderNumber, title, url }, z.null());
    },

    readReceipts: notWrittenYet,
    readInvoices: notWrittenYet,
    requestPayment: notWrittenYet,
    readPayment: notWrittenYet,
    changesSince: notWrittenYet,
  };
}

/** Stands where no ERP is configured, or where its connector lacks a part: every call says what is missing and what to do about it. */
import { ConfigError, ValidationError } from '../../runtime/errors.ts';
import type { BooksPort } from './books-port.ts';
import type { EngineeringPort } from './engineering-port.ts';
import type { LedgerPort } from './ledger-port.ts';
import type { OrdersPort } from './orders-port.ts';
import type { ErpPort } from './port.ts';
import type { StockPort } from './stock-port.ts';
import type { TimePort } from './time-port.ts';

const missing = async (): Promise<never> => {
  throw new ConfigError(
    'no ERP is configured: set "erp" in the company file, deploy again, and fill in the secret that the output ErpCredentialsArn names',
  );
};

export function unconfiguredErp(): ErpPort {
  return {
    findSupplier: missing,
    findProducts: missing,
    exchangeRate: missing,
    readBudget: missing,
    createOrder: missing,
    readOrder: missing,
    findOrder: missing,
    cancelOrder: missing,
    readReceipts: missing,
    readInvoices: missing,
    requestPayment: missing,
    readPayment: missing,
    linkRecord: missing,
    changesSince: missing,
  };
}

const noTime = async (): Promise<never> => {
  throw new ConfigError(
    'no time sheets are connected: set "erp" in the company file to one whose connector keeps absences, and deploy again',
  );
};

/** For an ERP whose connector keeps no absences as well. */
export function unconfiguredTime(): TimePort {
  return {
    findEmployee: noTime,
    leaveKinds: noTime,
    absencesOf: noTime,
    clockingsOf: noTime,
    recordAbsence: noTime,
    findAbsence: noTime,
    cancelAbsence: noTime,
    shortenAbsence: noTime,
  };
}

export function unconfiguredEngineering(): EngineeringPort {
  return {
    readBom: missing,
    componentFacts: missing,
    prepareBom: missing,
    findBomVersion: missing,
    putIntoForce: missing,
    discardBom: missing,
    proposalsSince: missing,
    readProposal: missing,
  };
}

const noBills = async (): Promise<never> => {
  throw new ValidationError([
    {
      field: 'change',
      problem: "Meridian's connector of the company's ERP has no bills of materials",
      remedy:
        'have the bill changed in the ERP itself; for changes by Meridian "erp" in the company file has to name an ERP whose connector has them (docs/connectors.md)',
    },
  ]);
};

/** For an ERP whose connector has no bills of materials: whoever asks for a change learns what is lacking, by `ValidationError`. */
export function noEngineering(): EngineeringPort {
  return {
    readBom: noBills,
    componentFacts: noBills,
    prepareBom: noBills,
    findBomVersion: noBills,
    putIntoForce: noBills,
    discardBom: noBills,
    proposalsSince: noBills,
    readProposal: noBills,
  };
}

/** @param what - the part, for the message */
function lacking(what: string): () => Promise<never> {
  return async () => {
    throw new ConfigError(
      `no ERP is configured whose connector has ${what}: set "erp" in the company file to one that does (docs/connectors.md), and deploy again`,
    );
  };
}

/** For an ERP whose connector follows no orders as well. */
export function unconfiguredOrders(): OrdersPort {
  const none = lacking('sales and production orders');
  return { changedOrders: none, readOrder: none };
}

/** For an ERP whose connector does not show its books as well. */
export function unconfiguredBooks(): BooksPort {
  const none = lacking('books to compare with');
  return { changed: none, accountsOf: none };
}

/** For an ERP whose connector does not show its books: what a step before a payment asks is answered, and nothing is known. */
export function unknownAccounts(): Pick<BooksPort, 'accountsOf'> {
  return { accountsOf: async () => undefined };
}

/** For an ERP whose connector knows no stock as well. */
export function unconfiguredStock(): StockPort {
  const none = lacking('stock and reorder points');
  return { belowReorderPoint: none, readStock: none };
}

const noLedger = async (): Promise<never> => {
  throw new ConfigError(
    'no general ledger is connected: set "erp" in the company file to one whose connector keeps the books, and deploy again',
  );
};

/** For an ERP whose connector keeps no books as well. */
export function unconfiguredLedger(): LedgerPort {
  return {
    findAccounts: noLedger,
    findEmployee: noLedger,
    openAdvance: noLedger,
    postEntry: noLedger,
    readEntry: noLedger,
    findEntry: noLedger,
    discardDraft: noLedger,
    reverseEntry: noLedger,
    payEmployee: noLedger,
    readEmployeePayment: noLedger,
  };
}

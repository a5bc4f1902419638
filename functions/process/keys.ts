/** Keys of the work items: one place, since they are lived with for years. */
import { createHash } from 'node:crypto';
import type { WorkKey } from './store/port.ts';

/** The process's head: what everything else of the process is committed under. */
export function headKey(processId: string): WorkKey {
  return { partition: `PROCESS#${processId}`, sort: 'HEAD' };
}

/** One approval (all its levels) of a process. */
export function approvalKey(processId: string, approvalId: string): WorkKey {
  return { partition: `PROCESS#${processId}`, sort: `APPROVAL#${approvalId}` };
}

/** The process that the key of a head or of an approval stands for. */
export function processOf({ partition }: WorkKey): string {
  return partition.slice('PROCESS#'.length);
}

/** What became of an event of the OA about a process, by a digest of what it said. */
export function heardKey(processId: string, digest: string): WorkKey {
  return { partition: `PROCESS#${processId}`, sort: `HEARD#${digest}` };
}

/** How far the record of a process is measured, and what the process adds to the figures of all. */
export function measuredKey(processId: string): WorkKey {
  return { partition: `PROCESS#${processId}`, sort: 'MEASURED' };
}

/** Parts of the figures of all processes, so that no item of DynamoDB takes all of their changes. */
export const FIGURE_PARTS = 8;

/** Which part of the figures a process adds to. */
export function figurePart(processId: string): number {
  return createHash('sha256').update(processId).digest().readUInt32BE(0) % FIGURE_PARTS;
}

/** A part of how all processes stand now. */
export function standingKey(part: number): WorkKey {
  return { partition: `STANDING#${part}`, sort: 'NOW' };
}

/** A part of the figures of one kind of process for the week that begins on a Monday (`YYYY-MM-DD`); with an empty part, the beginning that all of them share. */
export function tallyKey(week: string, kind: string, part: number | ''): WorkKey {
  return { partition: `TALLY#${week}`, sort: `${kind}#${part}` };
}

/** How much somebody is asked now. */
export function loadKey(employeeId: string): WorkKey {
  return { partition: `LOAD#${employeeId}`, sort: 'NOW' };
}

/** That the figures of the week before a Monday (`YYYY-MM-DD`) are somebody's business already. */
export function weeklyKey(employeeId: string, week: string): WorkKey {
  return { partition: `WEEKLY#${employeeId}`, sort: week };
}

/** What somebody is asked now: ordered by kind of question, then by deadline (ISO 8601 in UTC). */
export function taskKey(
  employeeId: string,
  task: {
    readonly subject: string;
    readonly deadline: string;
    readonly processId: string;
    readonly approvalId: string;
    readonly level: number;
  },
): WorkKey {
  const { subject, deadline, processId, approvalId, level } = task;
  return {
    partition: `TASKS#${employeeId}`,
    sort: `${subject}#${deadline}#${processId}#${approvalId}#${level}`,
  };
}

/** An approval on the list of whoever was copied, ordered by when that was (ISO 8601 in UTC). */
export function copyKey(employeeId: string, at: string, processId: string, approvalId: string): WorkKey {
  return { partition: `COPIES#${employeeId}`, sort: `${at}#${processId}#${approvalId}` };
}

/** An approval on the list of whoever decided it, ordered by when they last did (ISO 8601 in UTC). */
export function decidedKey(employeeId: string, at: string, processId: string, approvalId: string): WorkKey {
  return { partition: `DECIDED#${employeeId}`, sort: `${at}#${processId}#${approvalId}` };
}

/** A process on the list of whoever asked for it, ordered by when it started. */
export function ownRequestKey(employeeId: string, startedAt: string, processId: string): WorkKey {
  return { partition: `REQUESTS#${employeeId}`, sort: `${startedAt}#${processId}` };
}

/** That the morning's digest of a day (`YYYY-MM-DD` on the person's clocks) is somebody's business already. */
export function digestKey(employeeId: string, day: string): WorkKey {
  return { partition: `DIGEST#${employeeId}`, sort: day };
}

/** That whoever stands in for somebody from an instant on knows of the tasks that were open then, or there were none. */
export function standInToldKey(
  substituteId: string,
  absence: { readonly employeeId: string; readonly from: string },
): WorkKey {
  const from = new Date(absence.from).toISOString();
  return { partition: `STAND-IN-TOLD#${substituteId}`, sort: `${absence.employeeId}#${from}` };
}

/** What became of an action that was sent under a key of its sender's choice, so that sending it again does nothing more. */
export function actionKey(employeeId: string, idempotencyKey: string): WorkKey {
  return { partition: `ACTION#${employeeId}`, sort: idempotencyKey };
}

/** That an event which came by the webhook lies on the bus. */
export function webhookKey(system: string, eventId: string): WorkKey {
  return { partition: `WEBHOOK#${system}#${eventId}`, sort: 'EVENT' };
}

/** Which process an OA request made, for ever. */
export function requestKey(system: string, requestId: string): WorkKey {
  return { partition: `REQUEST#${system}#${requestId}`, sort: 'PROCESS' };
}

/** The newest month that a run of payroll was begun for. */
export function latestPayrollKey(): WorkKey {
  return { partition: 'PAYROLL', sort: 'LATEST' };
}

/** Why a bill that was proposed in the ERP began no change, as it was last told to the operators. */
export function refusedProposalKey(system: string, proposalId: string): WorkKey {
  return { partition: `PROPOSAL#${system}#${proposalId}`, sort: 'REFUSED' };
}

/** The replenishment of one product in one warehouse, by a digest of both: at most one is open. */
export function replenishmentKey(mark: string): WorkKey {
  return { partition: `STOCK#${mark}`, sort: 'REPLENISHMENT' };
}

/** A replenishment that is open, or that is not to begin again yet. */
export function openReplenishmentKey(mark: string): WorkKey {
  return { partition: OPEN_REPLENISHMENTS, sort: mark };
}

/** Where all of {@link openReplenishmentKey} are. */
export const OPEN_REPLENISHMENTS = 'OPEN-REPLENISHMENTS';

/** The executions that were started within the last minute. */
export function recentStartsKey(machine: string): WorkKey {
  return { partition: `STARTS#${machine}`, sort: 'RECENT' };
}

/** What somebody asked for from one supplier of late. */
export function recentPurchasesKey(requesterId: string, supplierCode: string): WorkKey {
  return { partition: `RECENT#${requesterId}`, sort: `SUPPLIER#${supplierCode}` };
}

/** What somebody asked for from one supplier within a year. */
export function purchaseHistoryKey(requesterId: string, supplierCode: string): WorkKey {
  return { partition: `HISTORY#${requesterId}`, sort: `SUPPLIER#${supplierCode}` };
}

/** What somebody claimed within a year. */
export function claimHistoryKey(requesterId: string): WorkKey {
  return { partition: `HISTORY#${requesterId}`, sort: 'CLAIMS' };
}

/** Which changes of a product's bill were asked for within a year. */
export function changeHistoryKey(productCode: string): WorkKey {
  return { partition: `BILL#${productCode}`, sort: 'HISTORY' };
}

/** Which process an order belongs to. */
export function orderKey(orderNumber: string): WorkKey {
  return { partition: `ORDER#${orderNumber}`, sort: 'PROCESS' };
}

/** Which process an entry of the general ledger belongs to. */
export function entryKey(entryNumber: string): WorkKey {
  return { partition: `ENTRY#${entryNumber}`, sort: 'PROCESS' };
}

/** Which claim a receipt stands on, by a digest of what tells the paper from all others. */
export function receiptKey(mark: string): WorkKey {
  return { partition: `RECEIPT#${mark}`, sort: 'PROCESS' };
}

/** What claims of an employee have of the limits of the days of a month (`YYYY-MM`). */
export function claimedDaysKey(employeeId: string, month: string): WorkKey {
  return { partition: `CLAIMED#${employeeId}`, sort: month };
}

/** What claims of an employee set off against their advance, as long as the books may not show it. */
export function pendingSetOffKey(employeeId: string): WorkKey {
  return { partition: `SET-OFF#${employeeId}`, sort: 'PENDING' };
}

/** A fact about an order, kept until the process of the order is known. */
export function keptFactKey(orderNumber: string, factId: string): WorkKey {
  return { partition: `ORDER#${orderNumber}`, sort: `FACT#${factId}` };
}

/** An effect that is to be done. */
export function effectKey(processId: string, effectId: string): WorkKey {
  return { partition: `EFFECTS#${processId}`, sort: effectId };
}

/** The effect that a key stands for; undefined: it is the key of something else. */
export function effectReferenceOf({ partition, sort }: WorkKey): { processId: string; effectId: string } | undefined {
  const [kind, processId] = partition.split('#');
  return kind === 'EFFECTS' && processId !== undefined && sort !== '' ? { processId, effectId: sort } : undefined;
}

/** A message that the OA refused, by the effect that was to tell it. */
export function untoldKey(processId: string, effectId: string): WorkKey {
  return { partition: `UNTOLD#${processId}`, sort: effectId };
}

/** Something that an operator asked for, by what it is about: a process, or an execution without one. */
export function actKey(subject: string, at: string, actId: string): WorkKey {
  return { partition: `ACTS#${subject}`, sort: `${at}#${actId}` };
}

/** A command to the ERP whose outcome was not known when its process ended. */
export function intentKey(commandKey: string): WorkKey {
  return { partition: `INTENT#${commandKey}`, sort: 'INTENT' };
}

/** A decision link, by the hash of its secret. */
export function linkKey(secretHash: string): WorkKey {
  return { partition: `LINK#${secretHash}`, sort: 'LINK' };
}

/** The right to create the document of an idempotency key in the ERP. */
export function claimKey(commandKey: string): WorkKey {
  return { partition: `CLAIM#${commandKey}`, sort: 'CLAIM' };
}

/**
 * An order of the ERP that is followed and not done yet: ordered by when it is promised (`YYYY-MM-DD`; those without a promise
 * stand last). One partition for each kind of order takes a thousand changes a second, which no ERP makes.
 */
export function openOrderKey(kind: string, promisedOn: string | undefined, processId: string): WorkKey {
  return { partition: openOrders(kind), sort: `${promisedOn ?? '9999-12-31'}#${processId}` };
}

/** Where all of {@link openOrderKey} of a kind are. */
export function openOrders(kind: string): string {
  return `OPEN-ORDERS#${kind}`;
}

/** A case of compliance that is not settled, for the list of them. */
export function openCaseKey(caseId: string): WorkKey {
  return { partition: `CASE#${caseId}`, sort: 'OPEN' };
}

/** What an entry says that entries of other processes are compared with; marks of one list are read together. */
export function markKey(list: string, processId: string, sequence: number, kind: string): WorkKey {
  return { partition: markPartition(list), sort: `${processId}#${String(sequence).padStart(8, '0')}#${kind}` };
}

/** Where all of {@link markKey} of one list are. */
export function markPartition(list: string): string {
  return `MARKS#${list}`;
}

/**
 * Cases of compliance about what the books have otherwise than the record of a process, as they were last compared.
 * @param employeeId - of a run of payroll, which is compared employee by employee
 */
export function reconciledKey(processId: string, employeeId?: string): WorkKey {
  return {
    partition: `PROCESS#${processId}`,
    sort: employeeId === undefined ? 'RECONCILED' : `RECONCILED#${employeeId}`,
  };
}

/** How far a section of the ERP's books has been read, or the days on which records grew. */
export function bookmarkKey(erp: string, section: string): WorkKey {
  return { partition: `BOOKMARK#${erp}`, sort: section };
}

/** How far the poller of an ERP has read. */
export function watermarkKey(erp: string): WorkKey {
  return { partition: `WATERMARK#${erp}`, sort: 'WATERMARK' };
}

/** That the operators were told of a year that a calendar has no data for. */
export function missingYearKey(calendar: string, year: number): WorkKey {
  return { partition: `CALENDAR#${calendar}`, sort: `MISSING#${year}` };
}

/** One refused look-up of a link by an address; with an empty slot, the beginning that those of one minute share. */
export function guessKey(address: string, minute: string, slot: string): WorkKey {
  return { partition: `GUESS#${address}`, sort: `${minute}#${slot}` };
}

/** Which version of the directory counts. */
export function currentDirectoryKey(): WorkKey {
  return { partition: 'DIRECTORY', sort: 'CURRENT' };
}

/** What is known of a version of the directory as a whole. Versions sort as their numbers do. */
export function directoryVersionKey(version: number): WorkKey {
  return { partition: 'DIRECTORY', sort: `${DIRECTORY_VERSIONS}${String(version).padStart(8, '0')}` };
}

/** What the sort keys of {@link directoryVersionKey} begin with. */
export const DIRECTORY_VERSIONS = 'VERSION#';

/**
 * One thing of a version of the directory: a person, who holds a post, a department, a cost centre, a name to find by, or
 * for whom somebody stands in.
 */
export function directoryItemKey(version: number, kind: DirectoryItemKind, id: string): WorkKey {
  return { partition: `DIRECTORY#v${version}`, sort: `${kind}#${id}` };
}

export type DirectoryItemKind = 'PERSON' | 'POST' | 'DEPARTMENT' | 'COST-CENTRE' | 'NAME' | 'SUBSTITUTE';

/** That a version of the policies was used, by its digest. */
export function policyVersionKey(digest: string): WorkKey {
  return { partition: POLICY_VERSIONS.partition, sort: `${POLICY_VERSIONS.prefix}${digest}` };
}

/** Where all of {@link policyVersionKey} are. */
export const POLICY_VERSIONS = { partition: 'POLICIES', prefix: 'VERSION#' } as const;

/** A table of a version of the policies. */
export function policyTableKey(digest: string, table: string): WorkKey {
  return { partition: `POLICIES#${digest}`, sort: table };
}

/** How far the open tasks have followed the rules and the directory that were deployed last. */
export function policiesFollowedKey(): WorkKey {
  return { partition: POLICY_VERSIONS.partition, sort: 'FOLLOWED' };
}

/** Hand-overs of many approvals. */
export const HAND_OVERS = 'HAND-OVERS';
/** Beginning of the sorts of those that are worked off. */
export const OPEN_HAND_OVERS = 'OPEN#';

/** How far a hand-over has come. */
export function handOverRunKey(runId: string): WorkKey {
  return { partition: HAND_OVERS, sort: `RUN#${runId}` };
}

/** A hand-over that is worked off. */
export function openHandOverKey(runId: string): WorkKey {
  return { partition: HAND_OVERS, sort: `${OPEN_HAND_OVERS}${runId}` };
}

/** Some of what a hand-over moves, by the number of the portion from 0. */
export function handOverPlacesKey(runId: string, portion: number): WorkKey {
  return { partition: `HAND-OVER#${runId}`, sort: String(portion).padStart(6, '0') };
}

/** Which version of a form counts. */
export function currentFormKey(formId: string): WorkKey {
  return { partition: FORMS, sort: formId };
}

/** Where all of {@link currentFormKey} are. */
export const FORMS = 'FORMS';

/** A version of a form. Versions sort as their numbers do. */
export function formVersionKey(formId: string, version: number): WorkKey {
  return { partition: `FORM#${formId}`, sort: String(version).padStart(8, '0') };
}

/** Which form gives numbers of a family, so that no two forms give the same. */
export function numberFamilyKey(family: string): WorkKey {
  return { partition: `NUMBERS#${family}`, sort: 'FORM' };
}

/** How far the numbers of a form have come in a year. */
export function numberCounterKey(formId: string, year: string): WorkKey {
  return { partition: `FORM-NUMBERS#${formId}`, sort: year };
}

/** That somebody stands in for somebody during a leave. */
export function standInKey(substituteId: string, leaveId: string): WorkKey {
  return { partition: `STANDS-IN#${substituteId}`, sort: leaveId };
}

/** Leaves of a person: beside the versions, so that an import does not lose them. */
export function leavesKey(employeeId: string): WorkKey {
  return { partition: `LEAVES#${employeeId}`, sort: 'LEAVES' };
}

/** Days for which requests of a person for leave are on their way. */
export function leaveClaimsKey(employeeId: string): WorkKey {
  return { partition: `LEAVES#${employeeId}`, sort: 'CLAIMS' };
}

/** A session of somebody who is signed in, by the hash of its secret. */
export function sessionKey(secretHash: string): WorkKey {
  return { partition: `SESSION#${secretHash}`, sort: 'SESSION' };
}

/** That an attempt to sign in has come back, by the hash of its state. */
export function signInStateKey(stateHash: string): WorkKey {
  return { partition: `SIGN-IN#${stateHash}`, sort: 'USED' };
}

/** That the record of a process grew on a day (`YYYY-MM-DD` in UTC). */
export function growthKey(day: string, processId: string): WorkKey {
  // By a hash: processes that are made one after the other do not go to one list.
  const shard = createHash('sha256').update(processId).digest().readUInt32BE(0) % GROWTH_SHARDS;
  return { partition: growthList(day, shard), sort: processId };
}

/** Where {@link growthKey} of a day are, in each of {@link GROWTH_SHARDS} parts. */
export function growthList(day: string, shard: number): string {
  return `GROWN#${day}#${String(shard).padStart(2, '0')}`;
}

export const GROWTH_SHARDS = 64;

/** That somebody wrote something in a process that can be erased. */
export function authorKey(employeeId: string, processId: string): WorkKey {
  return { partition: `WROTE#${employeeId}`, sort: processId };
}

/** How far the books have the record of a process. */
export function bookedKey(processId: string): WorkKey {
  return { partition: `PROCESS#${processId}`, sort: 'BOOKED' };
}

/** Which book is being written, and how far. */
export function openBookKey(): WorkKey {
  return { partition: 'BOOKS', sort: 'OPEN' };
}

/** A part of the book of a day. */
export function bookPartKey(day: string, number: number): WorkKey {
  return { partition: `BOOK#${day}`, sort: String(number).padStart(5, '0') };
}

/** That books still have values that the entry of a record erased. */
export function bookErasureKey(processId: string, erasedBy: number): WorkKey {
  return { partition: 'BOOK-ERASURES', sort: `${processId}#${String(erasedBy).padStart(8, '0')}` };
}

/** That a file of personal values was written anew, so that the bucket counts its time from then. */
export function rewrittenPartKey(day: string, path: string): WorkKey {
  return { partition: 'REWRITTEN-PARTS', sort: `${day}#${path}` };
}

/** Up to which day personal values are erased whose time is over. */
export function eraseExpiredKey(): WorkKey {
  return { partition: 'BOOKS', sort: 'ERASED' };
}

/** The files of a requisition that waits for its manager, as the manager's link and everybody's sessions show them. */
import { expect } from 'vitest';
import { createAttachmentPage } from '../../../functions/approvals/attachment-page.tsx';
import { createDecisionPage } from '../../../functions/approvals/decision-page.tsx';
import { keepFile } from '../../../functions/approvals/keep-file.ts';
import type { UploadForm } from '../../../functions/attachments/port.ts';
import { createMyPages } from '../../../functions/worklist/my-pages.tsx';
import { MemoryFiles } from '../../support/memory-files.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { sessionCookieOf } from '../../support/session-cookie.ts';

export const MANAGER = 'E-2001';
const ORIGIN = 'https://pages.meridian.example';

export async function openFiles() {
  const world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  const files = new MemoryFiles();
  const deps = { ...world.urgeDeps(), files };
  const shown = { ...deps, pagesUrl: ORIGIN, currency: 'CNY', timeZone: 'Asia/Shanghai' };
  const apps = [createAttachmentPage(shown), createDecisionPage(shown), createMyPages(shown)] as const;
  /** As API Gateway has the routes. */
  const appFor = (path: string) => {
    const [attachments, decisions, own] = apps;
    if (/\/(attach|files\/[^/]+)$/.test(path)) {
      return attachments;
    }
    return path.startsWith('/d/') ? decisions : own;
  };
  const ask = (path: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
    appFor(path).request(`${ORIGIN}${path}${query}`, { headers }, { sourceIp: '192.0.2.1' });

  const linkPath = `/d/${await world.linkOf(MANAGER)}`;
  /** By the link of the manager's mail. */
  const visit = (suffix: string, query = '?lang=en') => ask(`${linkPath}${suffix}`, query);
  /** What somebody sees who is signed in. */
  const inSession = async (employeeId: string) => {
    const cookie = await sessionCookieOf(deps, employeeId);
    return (path: string, query = '?lang=en') => ask(path, query, { cookie });
  };
  /** A file is sent by the form of a page. */
  const arriveBy = async (page: Response, name: string, content: Uint8Array) => {
    expect(files.send(formOf(await page.text()), name, content).taken).toBe(true);
    return [...files.arrived.keys()].at(-1) ?? '';
  };
  const keep = async (key: string) => {
    const result = await keepFile(deps, key);
    await world.run();
    return result;
  };
  const arrive = async (name: string, content: Uint8Array) => arriveBy(await visit('/attach'), name, content);
  const send = async (name: string, content: Uint8Array) => keep(await arrive(name, content));
  /** Path of the page of the order's approval, of the newest version. */
  const taskPath = async () => {
    const { processId } = await world.head(event);
    const routed = (await world.record(event)).filter(({ type }) => type === 'ApprovalRouted').at(-1);
    return `/me/tasks/${processId}/${routed?.facts.approvalId}`;
  };
  return {
    world,
    event,
    record: () => world.record(event),
    files,
    deps,
    visit,
    inSession,
    ask,
    arriveBy,
    keep,
    arrive,
    send,
    taskPath,
  };
}

/** The form as a browser reads it. */
export function formOf(page: string): UploadForm {
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return {
    action: page.match(/action="([^"]*)"/)?.[1] ?? '',
    fields: Object.fromEntries(
      fields.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')]),
    ),
  };
}

/** Path of the first file that a page shows, behind the page's own. */
export function fileIn(page: string): string {
  return page.match(/\/files\/[0-9a-f]{32}/)?.[0] ?? '/files/none';
}

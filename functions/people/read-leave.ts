/** A leave request as it was filed, in its shape, and what the directory says of whom it names. */
import type { Directory } from '../directory/port.ts';
import { type LeaveRequest, leaveRequestSchema } from '../events/leave-request-submitted.ts';
import { readFiled } from '../requests/read-filed.ts';
import type { Issue } from '../requests/return-request.ts';

export const leaveOf = (filed: unknown) => readFiled(leaveRequestSchema, filed, 'leave');

export async function substituteIssues(
  directory: Directory,
  { substituteId }: LeaveRequest,
  requesterId: string,
): Promise<readonly Issue[]> {
  if (substituteId === undefined) {
    return [];
  }
  const person = await directory.person(substituteId);
  return person?.active === true && substituteId !== requesterId
    ? []
    : [
        {
          field: 'leave.substituteId',
          reason: {
            en: `leave.substituteId: ${substituteId} cannot stand in; name another active colleague, or nobody.`,
            zh: `代理人：${substituteId} 不能代理，请选择其他在职同事，或留空。`,
          },
        },
      ];
}

/** A row that names one level of an approval: who is asked, how they decide together, and who is to know of it. */
import * as z from 'zod';
import { isChosen } from '../approvals/domain/chosen.ts';
import type { ApprovalLevelRule, ApproverRule } from '../approvals/domain/level-rule.ts';
import { isForPrevious } from '../approvals/domain/next-choice.ts';
import type { FiredRow } from './evaluate-table.ts';
import { hoursColumns, timesOf } from './row-hours.ts';

/** Columns that are named in words of their own. */
export const AFTER_CHANGE = 'after a change';
export const COPY_TO = 'copyTo';
const KEEP = 'keep if not dearer';

/** How a person, a post or a choice is named, as part of a regular expression. */
export const ID = '[A-Za-z0-9][A-Za-z0-9._-]*';
const APPROVER = new RegExp(
  `^(manager(-[2-9])?|chain|department-head|post:${ID}(@cost-centre)?|person:${ID}|(choice|field):${ID}(@post:${ID})?|previous@post:${ID}(@cost-centre)?)(\\*[1-9]\\d?)?$`,
  'u',
);

/** `post:cfo*2, manager`: rules with their weights, in the order in which they are asked. */
export const approversSchema = z
  .string()
  .transform((text) => text.split(',').map((rule) => rule.trim()))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          APPROVER,
          'must be manager, manager-2 to manager-9, chain, department-head, post:…, post:…@cost-centre, person:…, choice:… or field:… (both may end in @post:…), or previous@post:… (may end in @cost-centre), each with a weight such as *2 if need be',
        ),
    ),
  )
  .transform((rules) =>
    rules.map((text): ApproverRule => {
      const [rule = '', weight = '1'] = text.split('*');
      return { rule, weight: Number(weight) };
    }),
  );

/** Who is to know of it: rules that name people by themselves; `-` or nothing: nobody. */
export const copyToSchema = z
  .string()
  .transform((text) => (text.trim() === '' || text.trim() === '-' ? undefined : text))
  .pipe(approversSchema.optional())
  .transform((approvers, context) => {
    if (approvers?.some(({ rule, weight }) => weight !== 1 || isChosen(rule) || isForPrevious(rule)) === true) {
      const message =
        'must be rules that name people by themselves, such as post:cfo, manager: nobody chooses or weighs here';
      context.addIssue({ code: 'custom', message });
    }
    return (approvers ?? []).map(({ rule }) => rule);
  });

const modeSchema = z
  .string()
  .regex(
    /^(any|claim|all|in turn|(quorum|weighted) [1-9]\d?)$/u,
    'must be any, claim, all, in turn, or quorum or weighted with the number that is needed, such as quorum 2',
  )
  .transform((text): ApprovalLevelRule['mode'] => {
    const [kind, needed] = text === 'in turn' ? ['in-turn'] : text.split(' ');
    switch (kind) {
      case 'quorum':
      case 'weighted':
        return { kind, needed: Number(needed) };
      case 'claim':
      case 'all':
      case 'in-turn':
        return { kind };
      default:
        return { kind: 'any' };
    }
  });

/** Where somebody is to choose one person, the level is for one. */
function oneOrByRules(
  approvers: readonly ApproverRule[],
  { kind }: ApprovalLevelRule['mode'],
  context: z.RefinementCtx,
): readonly ApproverRule[] {
  const isForOne = approvers.length === 1 && (kind === 'any' || kind === 'claim');
  if (approvers.some(({ rule }) => isForPrevious(rule)) && !isForOne) {
    const message = 'previous@post:… stands alone in its cell, in the mode any or claim: one person is chosen';
    context.addIssue({ code: 'custom', path: ['approver'], message });
  }
  return approvers;
}

/** A row as it stands by itself; its number is the table's to tell. */
type LevelRow = Omit<ApprovalLevelRule, 'copyTo'> & { readonly copyTo?: readonly string[] };

/** One level of an approval. */
export const approvalLevelRow = z
  .object({
    level: z.string().min(1),
    approver: approversSchema,
    mode: modeSchema,
    opens: z.enum(['after', 'beside'], { error: 'must be after or beside the level before' }),
    [AFTER_CHANGE]: z.enum(['ask again', KEEP], { error: `must be ask again or ${KEEP}` }),
    [COPY_TO]: copyToSchema.default([]),
    ...hoursColumns,
  })
  .transform(
    (
      { level, approver, mode, opens, [AFTER_CHANGE]: afterChange, [COPY_TO]: copyTo, ...hours },
      context,
    ): LevelRow => ({
      level,
      approvers: oneOrByRules(approver, mode, context),
      mode,
      isParallel: opens === 'beside',
      ...(afterChange === KEEP ? { keepsVotes: true } : {}),
      ...(copyTo.length > 0 ? { copyTo } : {}),
      ...timesOf(hours, context),
    }),
  );

/** What a row says about one level. */
export function levelOfRow({ row, results }: FiredRow): ApprovalLevelRule {
  const { copyTo: rules, ...level } = approvalLevelRow.parse(results);
  return rules === undefined ? level : { ...level, copyTo: { row, rules } };
}

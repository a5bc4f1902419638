/** One level of an approval as the rules name it, before anybody is looked up. Pure data. */

export interface ApprovalLevelRule {
  /** Name of the level for people, such as `Department head`. */
  readonly level: string;
  /** Who is asked, in order; at least one rule. */
  readonly approvers: readonly ApproverRule[];
  /** How they decide together; `needed` is the sum of weights that must say yes. */
  readonly mode:
    | { readonly kind: 'any' | 'claim' | 'all' | 'in-turn' }
    | { readonly kind: 'quorum' | 'weighted'; readonly needed: number };
  /** Opens together with the level before it. */
  readonly isParallel: boolean;
  /** What it decided about a version stands for the next one, if that is no dearer; it is asked again otherwise. */
  readonly keepsVotes?: true;
  readonly remindAfterHours: number;
  readonly escalateAfterHours: number;
  readonly expireAfterHours: number;
  /** Who is to know of it (抄送), where the row says so. */
  readonly copyTo?: CopyRule;
}

export interface CopyRule {
  /** Row of the table, from 1. */
  readonly row: number;
  /** As `rule` of {@link ApproverRule}, but for those by which somebody is chosen; at least one. */
  readonly rules: readonly string[];
}

export interface ApproverRule {
  /**
   * `manager` (the requester's), `manager-2` (theirs, and so on), `chain` (all managers up to the first whose limit covers
   * the amount), `department-head` (of the cost centre's department, or the requester's where there is no cost centre),
   * `post:<postId>`, `post:<postId>@cost-centre` (only holders in that department), `person:<employeeId>`,
   * `choice:<name>` (whom the requester chose under that name) or `field:<name>` (whom a field of the form holds), each of
   * the two with `@post:<postId>` where only a holder of the post may be named, or `previous@post:<postId>` (also with
   * `@cost-centre`): the one among the holders whom the approver before chooses; alone on its level.
   */
  readonly rule: string;
  /** Whole number from 1; counts in the mode `weighted` only. */
  readonly weight: number;
}

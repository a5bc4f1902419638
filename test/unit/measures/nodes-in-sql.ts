/** What the event log says of phases and nodes, in SQL that shares nothing with the code that reads courses. */

/** What leads to which phase, in words of the log: written down from the pages of the machines, and not from the code. */
export const PHASES = `phases AS (SELECT process_id, kind, sequence, at, type, CASE
  WHEN type LIKE '%Registered' THEN 'Registration'
  WHEN type IN ('RequisitionValidated', 'ClaimChecked') THEN 'Validation'
  WHEN type IN ('LeaveRequestChecked', 'OfficeRequestChecked', 'EngineeringChangeChecked') THEN 'Checks'
  WHEN type = 'ReplenishmentOpened' THEN 'Stock'
  WHEN type = 'ReplenishmentProposed' THEN 'Purchase'
  WHEN type = 'PayrollRunOpened' THEN 'Attendance'
  WHEN type = 'PayrollPointsOpened' THEN 'Differences'
  WHEN type = 'PayrollFiguresHandedOver' THEN 'Handed over'
  WHEN type = 'BomVersionPrepared' THEN 'Approved change'
  WHEN type = 'OrderCreated' THEN 'Order'
  WHEN type = 'EntryPosted' THEN 'Posting'
  WHEN type = 'InvoicesMismatched' THEN 'Three-way match'
  WHEN type = 'InvoicesMatched' THEN 'Payment approval'
  WHEN type = 'CorrectionRequested' THEN 'Supplier invoice'
  WHEN type = 'PaymentRequested' THEN 'Payment'
  WHEN type = 'AbsenceRecorded' THEN 'Approved leave'
  WHEN type = 'AbsenceShortened' THEN 'Leave'
  WHEN type = 'DocumentNumbered' THEN 'Numbered'
  WHEN type LIKE '%Closed' AND approval_id = '' THEN 'Closed'
  WHEN type = 'ApprovalRouted' THEN CASE subject WHEN 'order' THEN 'Order approval' WHEN 'payment' THEN 'Payment approval'
    WHEN 'invoice-mismatch' THEN 'Three-way match' WHEN 'expense' THEN 'Expense approval'
    WHEN 'expense-exception' THEN 'Expense review' WHEN 'leave' THEN 'Leave approval' WHEN 'office' THEN 'Office approval'
    WHEN 'engineering-change' THEN 'Change approval' WHEN 'operator' THEN 'Waiting for an operator' END
  WHEN type = 'WaitOpened' THEN CASE wait_kind WHEN 'rework' THEN 'Rework' WHEN 'hold' THEN 'On hold'
    WHEN 'goods-receipt' THEN 'Goods receipt' WHEN 'supplier-invoice' THEN 'Supplier invoice' WHEN 'payment' THEN 'Payment'
    WHEN 'leave-start' THEN 'Approved leave' WHEN 'leave-end' THEN 'Leave' WHEN 'effective-date' THEN 'Approved change'
    WHEN 'payroll' THEN 'Payroll' END
  END AS phase FROM log)`;
const CLOCKS = `('leave-start', 'leave-end', 'effective-date')`;

/**
 * Waits from when they open to when the process goes on, a wait that goes on under another id being one; and questions to
 * people from when a level opens to when it is over; of levels beside each other that were all answered, to the last voice on it. `late`: somebody above was asked, or nobody answered in time.
 */
export const NODES = `${PHASES}, opened AS (
  SELECT o.process_id, o.kind, o.sequence, o.at, o.wait_kind, (SELECT MIN(c.sequence) FROM log c WHERE c.process_id = o.process_id
      AND c.sequence > o.sequence AND (
        (c.type LIKE '%Resubmitted' AND o.wait_kind = 'rework') OR (c.type = 'HoldReleased' AND o.wait_kind = 'hold')
        OR (c.wait_kind = o.wait_kind AND (c.type = 'WaitExpired' OR (c.type = 'WaitEscalated' AND o.wait_kind IN ${CLOCKS})))
        OR (EXISTS (SELECT 1 FROM phases p WHERE p.process_id = c.process_id AND p.sequence = c.sequence AND p.phase IS NOT NULL)
          AND NOT (c.type = 'WaitOpened' AND c.wait_kind = o.wait_kind)))) AS last
  FROM log o WHERE o.type = 'WaitOpened'
), waits AS (
  SELECT o.process_id, o.kind, o.sequence, o.at, o.last, o.wait_kind FROM opened o
  WHERE NOT EXISTS (SELECT 1 FROM opened before WHERE before.process_id = o.process_id AND before.wait_kind = o.wait_kind
    AND before.sequence < o.sequence AND (before.last IS NULL OR before.last > o.sequence))
), asked AS (
  SELECT o.process_id, o.kind, o.sequence, o.at, o.subject, o.approval_id, o.level,
    (SELECT COUNT(*) FROM log b WHERE b.process_id = o.process_id AND b.type = 'LevelOpened' AND b.approval_id = o.approval_id
      AND b.round = o.round) AS together, (SELECT MIN(c.sequence) FROM log c
    WHERE c.process_id = o.process_id AND c.sequence > o.sequence AND c.approval_id = o.approval_id
      AND (c.type IN ('ReturnedToRequester', 'ReturnedToLevel', 'ApprovalClosed')
        OR (c.type = 'DecisionMade' AND c.outcome <> 'undecided') OR (c.type = 'LevelOpened' AND c.round > o.round))) AS closing
  FROM log o WHERE o.type = 'LevelOpened'
), levels AS (
  SELECT a.*, CASE WHEN a.together > 1 AND (SELECT type FROM log c WHERE c.process_id = a.process_id AND c.sequence = a.closing) = 'DecisionMade'
    THEN COALESCE((SELECT MAX(v.sequence) FROM log v WHERE v.process_id = a.process_id AND v.approval_id = a.approval_id AND v.level = a.level
      AND v.type = 'DecisionMade' AND v.sequence > a.sequence AND v.sequence <= a.closing), a.closing) ELSE a.closing END AS last
  FROM asked a
), nodes AS (
  SELECT w.process_id, w.kind, w.sequence, w.at, w.last, (SELECT phase FROM phases p WHERE p.process_id = w.process_id
      AND p.sequence = w.sequence) AS node, w.wait_kind NOT IN ${CLOCKS} AND EXISTS (SELECT 1 FROM log l
      WHERE l.process_id = w.process_id AND l.wait_kind = w.wait_kind AND l.type IN ('WaitEscalated', 'WaitExpired')
        AND l.sequence > w.sequence AND l.sequence <= COALESCE(w.last, l.sequence)) AS late
  FROM waits w
  UNION ALL
  SELECT v.process_id, v.kind, v.sequence, v.at, v.last, (SELECT MAX(phase) FROM phases p JOIN log r ON r.process_id = p.process_id
      AND r.sequence = p.sequence WHERE r.process_id = v.process_id AND r.type = 'ApprovalRouted'
        AND r.approval_id = v.approval_id) AS node, EXISTS (SELECT 1 FROM log l WHERE l.process_id = v.process_id
      AND l.approval_id = v.approval_id AND l.sequence > v.sequence AND l.sequence <= COALESCE(v.last, l.sequence)
      AND ((l.type = 'LevelEscalated' AND l.level = v.level)
        OR (l.type = 'ApprovalClosed' AND json_extract(l.facts, '$.cause') = 'expiry'))) AS late
  FROM levels v
)`;

/** Where the list of nodes of a kind has none of a name, it is put as `other`. */
export const NAMED = `CASE WHEN node IN ('Approved leave', 'Leave') THEN 'other' ELSE node END`;

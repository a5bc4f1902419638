-- What processes wait for outside of approvals: goods, invoices, payments, changes by requesters; hours by the clock until they went on.
WITH events AS (
  SELECT DISTINCT process_id, kind, sequence, type, wait_kind, occurred_ms FROM event_log
),
ends AS (
  SELECT process_id, sequence, occurred_ms, type, wait_kind FROM events
  WHERE type IN ('ApprovalRouted', 'InvoicesMatched', 'InvoicesMismatched', 'WaitExpired', 'OrderCreated', 'HoldReleased')
    OR type LIKE '%Resubmitted' OR (type LIKE '%Closed' AND type <> 'ApprovalClosed') OR type = 'WaitOpened'
),
visits AS (
  SELECT w.process_id, w.kind, w.wait_kind, w.sequence, w.occurred_ms AS began, MIN(e.occurred_ms) AS ended
  FROM events w JOIN ends e
    ON e.process_id = w.process_id AND e.sequence > w.sequence
    AND (e.type <> 'WaitOpened' OR e.wait_kind <> w.wait_kind)
  WHERE w.type = 'WaitOpened'
  GROUP BY w.process_id, w.kind, w.wait_kind, w.sequence, w.occurred_ms
),
ranked AS (
  SELECT kind, wait_kind, process_id, (ended - began) / 3600000.0 AS hours,
    ROW_NUMBER() OVER (PARTITION BY kind, wait_kind ORDER BY ended - began, process_id) AS place,
    COUNT(*) OVER (PARTITION BY kind, wait_kind) AS visits
  FROM visits
)
SELECT kind, wait_kind, visits, SUM(hours) AS total_hours, AVG(hours) AS mean_hours,
  MIN(CASE WHEN place * 2 >= visits THEN hours END) AS median_hours,
  MIN(CASE WHEN place * 10 >= visits * 9 THEN hours END) AS p90_hours,
  MIN(CASE WHEN place = visits THEN process_id END) AS slowest_process
FROM ranked
GROUP BY kind, wait_kind, visits
ORDER BY total_hours DESC, kind, wait_kind

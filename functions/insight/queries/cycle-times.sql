-- How long processes take: by kind and outcome, hours from the first entry to the closing one; half and nine tenths took no longer.
WITH events AS (
  SELECT DISTINCT process_id, kind, sequence, type, outcome, occurred_ms FROM event_log
),
closed AS (
  SELECT process_id, kind, outcome, occurred_ms FROM events WHERE type LIKE '%Closed' AND type <> 'ApprovalClosed'
),
cycles AS (
  SELECT c.kind, c.outcome, (c.occurred_ms - s.occurred_ms) / 3600000.0 AS hours
  FROM closed c JOIN events s ON s.process_id = c.process_id AND s.sequence = 1
),
ranked AS (
  SELECT kind, outcome, hours,
    ROW_NUMBER() OVER (PARTITION BY kind, outcome ORDER BY hours) AS place,
    COUNT(*) OVER (PARTITION BY kind, outcome) AS processes
  FROM cycles
)
SELECT kind, outcome, processes,
  AVG(hours) AS mean_hours,
  MIN(CASE WHEN place * 2 >= processes THEN hours END) AS median_hours,
  MIN(CASE WHEN place * 10 >= processes * 9 THEN hours END) AS p90_hours
FROM ranked
GROUP BY kind, outcome, processes
ORDER BY kind, processes DESC, outcome

-- What is done again: by kind and cost centre, processes, how many of them went back to their requester, and how often.
WITH events AS (
  SELECT DISTINCT process_id, kind, sequence, type, cost_centre FROM event_log
),
centres AS (
  SELECT process_id, MAX(cost_centre) AS cost_centre FROM events GROUP BY process_id
),
returns AS (
  SELECT process_id, COUNT(*) AS times FROM events
  WHERE type IN ('ReturnedToRequester', 'ReturnedByCheck', 'CorrectionRequested')
  GROUP BY process_id
)
SELECT s.kind, c.cost_centre, COUNT(*) AS processes,
  SUM(CASE WHEN r.times IS NULL THEN 0 ELSE 1 END) AS reworked,
  SUM(CASE WHEN r.times IS NULL THEN 0 ELSE r.times END) AS times
FROM events s
  JOIN centres c ON c.process_id = s.process_id
  LEFT JOIN returns r ON r.process_id = s.process_id
WHERE s.sequence = 1
GROUP BY s.kind, c.cost_centre
ORDER BY times DESC, s.kind, c.cost_centre

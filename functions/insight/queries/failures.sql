-- What fails: by kind and step, how often, in how many processes, and one of them to look at.
WITH events AS (
  SELECT DISTINCT process_id, kind, sequence, step, occurred_at FROM event_log WHERE type = 'StepFailed'
)
SELECT kind, step, COUNT(*) AS failures, COUNT(DISTINCT process_id) AS processes,
  MAX(occurred_at) AS last_at, MAX(process_id) AS a_process
FROM events
GROUP BY kind, step
ORDER BY failures DESC, kind, step

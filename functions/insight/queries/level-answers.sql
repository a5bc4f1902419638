-- What levels answer: by question and level, how often they said yes, said no, or sent it back. One that never says no may not be needed.
WITH events AS (
  SELECT DISTINCT process_id, sequence, kind, type, subject, level_name, action FROM event_log
  WHERE type IN ('DecisionMade', 'ReturnedToRequester', 'ReturnedToLevel')
)
SELECT kind, subject, level_name,
  COUNT(*) AS answers,
  SUM(CASE WHEN type = 'DecisionMade' AND action IN ('approve', 'accept', 'retry') THEN 1 ELSE 0 END) AS yes,
  SUM(CASE WHEN type = 'DecisionMade' AND action IN ('reject', 'cancel', 'correct', 'skip') THEN 1 ELSE 0 END) AS no,
  SUM(CASE WHEN type <> 'DecisionMade' THEN 1 ELSE 0 END) AS sent_back
FROM events
GROUP BY kind, subject, level_name
ORDER BY answers DESC, kind, subject, level_name

-- Where approvals wait: by question and level, hours by the clock from asking to the answer, and how often nobody answered before the escalation.
WITH events AS (
  SELECT DISTINCT process_id, kind, sequence, type, approval_id, subject, level, level_name, outcome, occurred_ms FROM event_log
  WHERE approval_id <> ''
),
closings AS (
  SELECT o.process_id, o.kind, o.subject, o.level_name, o.approval_id, o.level, o.sequence, o.occurred_ms AS began,
    MIN(e.occurred_ms) AS closed, MIN(e.sequence) AS closing,
    COUNT(*) OVER (PARTITION BY o.process_id, o.approval_id, o.occurred_ms) AS together
  FROM events o JOIN events e
    ON e.process_id = o.process_id AND e.approval_id = o.approval_id AND e.sequence > o.sequence
    AND (e.type IN ('ApprovalClosed', 'ReturnedToLevel', 'ReturnedToRequester')
      OR (e.type = 'DecisionMade' AND e.outcome <> 'undecided'))
  WHERE o.type = 'LevelOpened'
  GROUP BY o.process_id, o.kind, o.subject, o.level_name, o.approval_id, o.level, o.sequence, o.occurred_ms
),
visits AS (
  -- Levels beside each other close together, but each has waited until the last voice on it.
  SELECT c.process_id, c.kind, c.subject, c.level_name, c.approval_id, c.level, c.began,
    COALESCE(MAX(CASE WHEN c.together > 1 AND d.type = 'DecisionMade' THEN v.occurred_ms END), MAX(c.closed)) AS ended
  FROM closings c JOIN events d ON d.process_id = c.process_id AND d.sequence = c.closing
  LEFT JOIN events v
    ON v.process_id = c.process_id AND v.approval_id = c.approval_id AND v.level = c.level AND v.type = 'DecisionMade'
    AND v.sequence > c.sequence AND v.sequence <= c.closing
  GROUP BY c.process_id, c.kind, c.subject, c.level_name, c.approval_id, c.level, c.sequence, c.began
),
late AS (
  SELECT process_id, approval_id, level, COUNT(*) AS escalations FROM events
  WHERE type = 'LevelEscalated' GROUP BY process_id, approval_id, level
),
timed AS (
  SELECT v.kind, v.subject, v.level_name, v.process_id, (v.ended - v.began) / 3600000.0 AS hours,
    CASE WHEN l.escalations IS NULL THEN 0 ELSE 1 END AS is_late
  FROM visits v LEFT JOIN late l
    ON l.process_id = v.process_id AND l.approval_id = v.approval_id AND l.level = v.level
),
ranked AS (
  SELECT kind, subject, level_name, process_id, hours, is_late,
    ROW_NUMBER() OVER (PARTITION BY kind, subject, level_name ORDER BY hours, process_id) AS place,
    COUNT(*) OVER (PARTITION BY kind, subject, level_name) AS visits
  FROM timed
)
SELECT kind, subject, level_name, visits,
  SUM(hours) AS total_hours,
  AVG(hours) AS mean_hours,
  MIN(CASE WHEN place * 2 >= visits THEN hours END) AS median_hours,
  MIN(CASE WHEN place * 10 >= visits * 9 THEN hours END) AS p90_hours,
  SUM(is_late) AS escalated,
  MIN(CASE WHEN place = visits THEN process_id END) AS slowest_process
FROM ranked
GROUP BY kind, subject, level_name, visits
ORDER BY total_hours DESC, kind, subject, level_name

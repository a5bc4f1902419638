-- Who waits for whom: levels of one approval that are always asked one after the other, how often, and what the second would have saved beside the first.
WITH events AS (
  SELECT DISTINCT process_id, sequence, type, approval_id, subject, level, level_name, employee_id, outcome, occurred_ms FROM event_log
  WHERE approval_id <> '' AND subject <> 'operator'
),
answers AS (
  SELECT o.process_id, o.approval_id, o.subject, o.level, o.level_name, o.sequence, o.occurred_ms AS began,
    d.employee_id, d.occurred_ms AS ended
  FROM events o JOIN events d
    ON d.process_id = o.process_id AND d.approval_id = o.approval_id AND d.level = o.level
    AND d.type = 'DecisionMade' AND d.outcome <> 'undecided' AND d.sequence > o.sequence
  WHERE o.type = 'LevelOpened'
),
pairs AS (
  SELECT b.subject, a.level_name AS first_level, b.level_name AS then_level, a.employee_id AS first_person, b.employee_id AS then_person,
    (a.ended - a.began) / 3600000.0 AS first_hours, (b.ended - b.began) / 3600000.0 AS then_hours
  FROM answers a JOIN answers b
    ON b.process_id = a.process_id AND b.approval_id = a.approval_id AND b.level = a.level + 1 AND b.began >= a.ended
)
SELECT subject, first_level, then_level, first_person, then_person, COUNT(*) AS times,
  SUM(CASE WHEN first_hours < then_hours THEN first_hours ELSE then_hours END) AS hours_side_by_side
FROM pairs
GROUP BY subject, first_level, then_level, first_person, then_person
ORDER BY hours_side_by_side DESC, subject, first_person, then_person

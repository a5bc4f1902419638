-- Who decides how much: by person, answers, months with any, and hours by the clock from being asked on a level to the answer.
WITH events AS (
  SELECT DISTINCT process_id, sequence, type, approval_id, level, employee_id, occurred_ms FROM event_log
  WHERE approval_id <> '' AND subject <> 'operator'
),
answers AS (
  SELECT a.process_id, a.sequence, a.employee_id, a.occurred_ms, MAX(o.occurred_ms) AS asked
  FROM events a JOIN events o
    ON o.process_id = a.process_id AND o.approval_id = a.approval_id AND o.level = a.level
    AND o.type = 'LevelOpened' AND o.sequence < a.sequence
  WHERE a.type IN ('DecisionMade', 'ReturnedToRequester', 'ReturnedToLevel')
  GROUP BY a.process_id, a.sequence, a.employee_id, a.occurred_ms
),
timed AS (
  SELECT employee_id, process_id, sequence, (occurred_ms - asked) / 3600000.0 AS hours FROM answers
),
ranked AS (
  SELECT employee_id, hours,
    ROW_NUMBER() OVER (PARTITION BY employee_id ORDER BY hours, process_id, sequence) AS place,
    COUNT(*) OVER (PARTITION BY employee_id) AS answers
  FROM timed
)
SELECT employee_id, answers, SUM(hours) AS total_hours, AVG(hours) AS mean_hours,
  MIN(CASE WHEN place * 2 >= answers THEN hours END) AS median_hours
FROM ranked
GROUP BY employee_id, answers
ORDER BY total_hours DESC, employee_id

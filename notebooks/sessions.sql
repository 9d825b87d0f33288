/* Sessions of each behavior cluster: how many, of how many actors, and how long. */
SELECT cluster,
       count(*) AS sessions,
       count(DISTINCT actor) AS actors,
       round(avg(step_count), 1) AS steps,
       round(avg(unix_millis(ended_at) - unix_millis(started_at)) / 1000, 1) AS seconds
FROM session
GROUP BY cluster
ORDER BY sessions DESC

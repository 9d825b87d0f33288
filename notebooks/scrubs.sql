/* How each scrub request stands, and how many hours are left; what is overdue first. */
SELECT request_id, state, received_at, due_at, basis,
       CASE WHEN state = 'DONE' THEN NULL
            ELSE round((unix_seconds(due_at) - unix_seconds(current_timestamp())) / 3600.0, 1) END AS hours_left
FROM (SELECT *, row_number() OVER (PARTITION BY request_id ORDER BY at DESC) AS nth FROM scrub_request)
WHERE nth = 1
ORDER BY hours_left NULLS LAST, request_id

/* Which run read and wrote what, at which version; newest first. */
SELECT r.started_at, r.job, r.state, e.access, e.object, e.version, r.run_id
FROM lineage_edge e
JOIN run r ON r.run_id = e.run_id
ORDER BY r.started_at DESC, e.access, e.object

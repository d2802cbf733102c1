question: q26_multiclass
about: How many entities of several classes pass a negated filter.
goal: S 7.0 M 20
j1ql: FIND (Host|DataStore|Device) WITH encrypted != true AS x RETURN count(x) AS n
sql: SELECT (SELECT count(*) FROM aws_instance) + (SELECT count(*) FROM azure_vm) +
  (SELECT count(*) FROM mobile_device) +
  (SELECT count(*) FROM jamf_computer WHERE encrypted IS NOT TRUE) +
  (SELECT count(*) FROM aws_ebs_volume WHERE encrypted IS NOT TRUE) +
  (SELECT count(*) FROM aws_s3_bucket WHERE encrypted IS NOT TRUE) +
  (SELECT count(*) FROM aws_rds_instance WHERE encrypted IS NOT TRUE)
answer: XS 1 6f0841a5db33613d, 1 3f6554de891c9209

neighbour: one_class
j1ql: FIND DataStore WITH encrypted != true AS x RETURN count(x) AS n
sql: SELECT (SELECT count(*) FROM aws_ebs_volume WHERE encrypted IS NOT TRUE) +
  (SELECT count(*) FROM aws_s3_bucket WHERE encrypted IS NOT TRUE) +
  (SELECT count(*) FROM aws_rds_instance WHERE encrypted IS NOT TRUE)
answer: XS 1 dd519df7c7f79021, 1 dd519df7c7f79021

neighbour: by_type
j1ql: FIND DataStore WITH encrypted != true AS x RETURN x._type, count(x) AS n
sql: SELECT 'aws_ebs_volume', count(*) FROM aws_ebs_volume WHERE encrypted IS NOT TRUE HAVING count(*) > 0 UNION ALL
  SELECT 'aws_s3_bucket', count(*) FROM aws_s3_bucket WHERE encrypted IS NOT TRUE HAVING count(*) > 0 UNION ALL
  SELECT 'aws_rds_instance', count(*) FROM aws_rds_instance WHERE encrypted IS NOT TRUE HAVING count(*) > 0
answer: XS 2 3d5e17441df4a3b4, 2 3d5e17441df4a3b4

neighbour: by_region
j1ql: FIND DataStore WITH encrypted != true AS x RETURN x.region, count(x) AS n
sql: SELECT region, count(*) FROM (SELECT region FROM aws_ebs_volume WHERE encrypted IS NOT TRUE UNION ALL
  SELECT region FROM aws_s3_bucket WHERE encrypted IS NOT TRUE UNION ALL
  SELECT NULL FROM aws_rds_instance WHERE encrypted IS NOT TRUE) x GROUP BY region
answer: XS 7 11e5dc5f8907d206, 7 11e5dc5f8907d206

neighbour: sum
j1ql: FIND DataStore WITH encrypted != true AS x RETURN sum(x.sizeGb) AS n
sql: SELECT sum(sizeGb) FROM (SELECT sizeGb FROM aws_ebs_volume WHERE encrypted IS NOT TRUE UNION ALL
  SELECT sizeGb FROM aws_rds_instance WHERE encrypted IS NOT TRUE) x
answer: XS 1 014e39529ff07201, 1 014e39529ff07201

neighbour: absent
j1ql: FIND (Host|DataStore|Device) WITH encrypted = undefined AS x RETURN count(x) AS n
sql: SELECT (SELECT count(*) FROM aws_instance) + (SELECT count(*) FROM azure_vm) +
  (SELECT count(*) FROM mobile_device) +
  (SELECT count(*) FROM jamf_computer WHERE encrypted IS NULL) +
  (SELECT count(*) FROM aws_ebs_volume WHERE encrypted IS NULL) +
  (SELECT count(*) FROM aws_s3_bucket WHERE encrypted IS NULL) +
  (SELECT count(*) FROM aws_rds_instance WHERE encrypted IS NULL)
answer: XS 1 57e36a3905e60098, 1 57e36a3905e60098

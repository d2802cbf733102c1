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
answer: S 1 f02c22812c7e86d5, 1 83e14183748a7610

neighbour: one_class
j1ql: FIND DataStore WITH encrypted != true AS x RETURN count(x) AS n
sql: SELECT (SELECT count(*) FROM aws_ebs_volume WHERE encrypted IS NOT TRUE) +
  (SELECT count(*) FROM aws_s3_bucket WHERE encrypted IS NOT TRUE) +
  (SELECT count(*) FROM aws_rds_instance WHERE encrypted IS NOT TRUE)
answer: XS 1 dd519df7c7f79021, 1 dd519df7c7f79021
answer: S 1 014a76a715e17618, 1 014a76a715e17618

neighbour: by_type
j1ql: FIND DataStore WITH encrypted != true AS x RETURN x._type, count(x) AS n
sql: SELECT 'aws_ebs_volume', count(*) FROM aws_ebs_volume WHERE encrypted IS NOT TRUE HAVING count(*) > 0 UNION ALL
  SELECT 'aws_s3_bucket', count(*) FROM aws_s3_bucket WHERE encrypted IS NOT TRUE HAVING count(*) > 0 UNION ALL
  SELECT 'aws_rds_instance', count(*) FROM aws_rds_instance WHERE encrypted IS NOT TRUE HAVING count(*) > 0
answer: XS 2 3d5e17441df4a3b4, 2 3d5e17441df4a3b4
answer: S 3 1f21a84307aa9b06, 3 1f21a84307aa9b06

neighbour: by_region
j1ql: FIND DataStore WITH encrypted != true AS x RETURN x.region, count(x) AS n
sql: SELECT region, count(*) FROM (SELECT region FROM aws_ebs_volume WHERE encrypted IS NOT TRUE UNION ALL
  SELECT region FROM aws_s3_bucket WHERE encrypted IS NOT TRUE UNION ALL
  SELECT NULL FROM aws_rds_instance WHERE encrypted IS NOT TRUE) x GROUP BY region
answer: XS 7 11e5dc5f8907d206, 7 11e5dc5f8907d206
answer: S 9 11155e386bf04fc6, 9 11155e386bf04fc6

neighbour: sum
j1ql: FIND DataStore WITH encrypted != true AS x RETURN sum(x.sizeGb) AS n
sql: SELECT sum(sizeGb) FROM (SELECT sizeGb FROM aws_ebs_volume WHERE encrypted IS NOT TRUE UNION ALL
  SELECT sizeGb FROM aws_rds_instance WHERE encrypted IS NOT TRUE) x
answer: XS 1 014e39529ff07201, 1 014e39529ff07201
answer: S 1 fc3bd9e7842d98b2, 1 fc3bd9e7842d98b2

neighbour: absent
j1ql: FIND (Host|DataStore|Device) WITH encrypted = undefined AS x RETURN count(x) AS n
sql: SELECT (SELECT count(*) FROM aws_instance) + (SELECT count(*) FROM azure_vm) +
  (SELECT count(*) FROM mobile_device) +
  (SELECT count(*) FROM jamf_computer WHERE encrypted IS NULL) +
  (SELECT count(*) FROM aws_ebs_volume WHERE encrypted IS NULL) +
  (SELECT count(*) FROM aws_s3_bucket WHERE encrypted IS NULL) +
  (SELECT count(*) FROM aws_rds_instance WHERE encrypted IS NULL)
answer: XS 1 57e36a3905e60098, 1 57e36a3905e60098
answer: S 1 cbb2bab4ba89c731, 1 975a23d3a570eaa2

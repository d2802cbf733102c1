question: q22_order_limit
about: The newest hundred of many.
concurrent: yes
goal: S 17 M 200
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.displayName, f.discoveredOn ORDER BY f.discoveredOn DESC LIMIT 100
sql: SELECT displayName, discoveredOn FROM snyk_finding WHERE open ORDER BY discoveredOn DESC LIMIT 100
answer: XS 66 94cf38e3133121a2, 67 691b0d5889754270
answer: S 100 9b5a564b249a5b50, 100 4ef394b24e43caee

neighbour: oldest
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.displayName, f.discoveredOn ORDER BY f.discoveredOn ASC LIMIT 100
sql: SELECT displayName, discoveredOn FROM snyk_finding WHERE open ORDER BY discoveredOn ASC LIMIT 100
answer: XS 66 94cf38e3133121a2, 67 691b0d5889754270
answer: S 100 dc50b501b55c413c, 100 c259baeb0d3f4f75

neighbour: two_keys
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.severity, f.discoveredOn
  ORDER BY f.severity ASC, f.discoveredOn DESC LIMIT 100
sql: SELECT severity, discoveredOn FROM snyk_finding WHERE open ORDER BY severity ASC, discoveredOn DESC LIMIT 100
answer: XS 66 1dd753309f108cdd, 67 d7eedcc396a281bc
answer: S 100 e66879885346ea09, 100 f8105fece19c493c

neighbour: by_text
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.webLink ORDER BY f.webLink ASC LIMIT 100
sql: SELECT webLink FROM snyk_finding WHERE open ORDER BY webLink ASC LIMIT 100
answer: XS 66 6bf6421eac3bc520, 67 f889877f5ada327c
answer: S 100 50752cdd92920aaa, 100 72b006de45d7bb9a

neighbour: skip
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.displayName, f.discoveredOn
  ORDER BY f.discoveredOn DESC SKIP 1000 LIMIT 100
sql: SELECT displayName, discoveredOn FROM snyk_finding WHERE open ORDER BY discoveredOn DESC LIMIT 100 OFFSET 1000
answer: XS 0 0000000000000000, 0 0000000000000000
answer: S 100 c8b15c76bbef1f16, 100 d5d61169bd179f4b

neighbour: of_class
j1ql: FIND Finding WITH open = true AS f RETURN f.displayName, f.discoveredOn ORDER BY f.discoveredOn DESC LIMIT 100
sql: SELECT displayName, discoveredOn FROM (
  SELECT displayName, discoveredOn FROM snyk_finding WHERE open UNION ALL
  SELECT displayName, discoveredOn FROM aws_inspector_finding WHERE open) x ORDER BY discoveredOn DESC LIMIT 100
answer: XS 100 4b8fb6055c0c5a03, 100 22a3df2b36bb42ee
answer: S 100 b39e9b1beaa3037a, 100 3a65c9c0b2fc1eb8

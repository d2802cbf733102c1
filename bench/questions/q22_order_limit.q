question: q22_order_limit
about: The newest hundred of many.
concurrent: yes
goal: S 17 M 200
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.displayName, f.discoveredOn ORDER BY f.discoveredOn DESC LIMIT 100
sql: SELECT displayName, discoveredOn FROM snyk_finding WHERE open ORDER BY discoveredOn DESC LIMIT 100
answer: XS 66 94cf38e3133121a2, 67 691b0d5889754270

neighbour: oldest
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.displayName, f.discoveredOn ORDER BY f.discoveredOn ASC LIMIT 100
sql: SELECT displayName, discoveredOn FROM snyk_finding WHERE open ORDER BY discoveredOn ASC LIMIT 100
answer: XS 66 94cf38e3133121a2, 67 691b0d5889754270

neighbour: two_keys
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.severity, f.discoveredOn
  ORDER BY f.severity ASC, f.discoveredOn DESC LIMIT 100
sql: SELECT severity, discoveredOn FROM snyk_finding WHERE open ORDER BY severity ASC, discoveredOn DESC LIMIT 100
answer: XS 66 1dd753309f108cdd, 67 d7eedcc396a281bc

neighbour: by_text
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.webLink ORDER BY f.webLink ASC LIMIT 100
sql: SELECT webLink FROM snyk_finding WHERE open ORDER BY webLink ASC LIMIT 100
answer: XS 66 6bf6421eac3bc520, 67 f889877f5ada327c

neighbour: skip
j1ql: FIND snyk_finding WITH open = true AS f RETURN f.displayName, f.discoveredOn
  ORDER BY f.discoveredOn DESC SKIP 1000 LIMIT 100
sql: SELECT displayName, discoveredOn FROM snyk_finding WHERE open ORDER BY discoveredOn DESC LIMIT 100 OFFSET 1000
answer: XS 0 0000000000000000, 0 0000000000000000

neighbour: of_class
j1ql: FIND Finding WITH open = true AS f RETURN f.displayName, f.discoveredOn ORDER BY f.discoveredOn DESC LIMIT 100
sql: SELECT displayName, discoveredOn FROM (
  SELECT displayName, discoveredOn FROM snyk_finding WHERE open UNION ALL
  SELECT displayName, discoveredOn FROM aws_inspector_finding WHERE open) x ORDER BY discoveredOn DESC LIMIT 100
answer: XS 100 4b8fb6055c0c5a03, 100 22a3df2b36bb42ee

question: q05_scan_contains
about: How many long texts hold a word.
goal: S 36 M 900
j1ql: FIND snyk_finding WITH description ~= 'overflow' AS f RETURN count(f) AS n
sqlite: SELECT count(*) FROM snyk_finding WHERE instr(description, 'overflow') > 0
duckdb: SELECT count(*) FROM snyk_finding WHERE contains(description, 'overflow')
answer: XS 1 e93b36318632bfa6, 1 e93b36318632bfa6
answer: S 1 0d36fe1bf44f13d0, 1 0d36fe1bf44f13d0

neighbour: not
j1ql: FIND snyk_finding WITH description !~= 'overflow' AS f RETURN count(f) AS n
sqlite: SELECT count(*) FROM snyk_finding WHERE instr(description, 'overflow') = 0
duckdb: SELECT count(*) FROM snyk_finding WHERE NOT contains(description, 'overflow')
answer: XS 1 ee30c0163b1309f2, 1 ee30c0163b1309f2
answer: S 1 5b69992f79cf0edb, 1 5b69992f79cf0edb

neighbour: two_words
j1ql: FIND snyk_finding WITH description ~= 'overflow' AND description ~= 'proxy' AS f RETURN count(f) AS n
sqlite: SELECT count(*) FROM snyk_finding WHERE instr(description, 'overflow') > 0 AND instr(description, 'proxy') > 0
duckdb: SELECT count(*) FROM snyk_finding WHERE contains(description, 'overflow') AND contains(description, 'proxy')
answer: XS 1 9588ef121ca7c801, 1 9588ef121ca7c801
answer: S 1 6b05f7c4da1f9159, 1 6b05f7c4da1f9159

neighbour: and_severity
j1ql: FIND snyk_finding WITH description ~= 'overflow' AND severity = 'critical' AS f RETURN count(f) AS n
sqlite: SELECT count(*) FROM snyk_finding WHERE severity = 'critical' AND instr(description, 'overflow') > 0
duckdb: SELECT count(*) FROM snyk_finding WHERE severity = 'critical' AND contains(description, 'overflow')
answer: XS 1 9588ef121ca7c801, 1 9588ef121ca7c801
answer: S 1 6f0841a5db33613d, 1 2788a3cde5a877f7

neighbour: max
j1ql: FIND snyk_finding WITH description ~= 'overflow' AS f RETURN max(f.numericSeverity) AS m
sqlite: SELECT max(numericSeverity) FROM snyk_finding WHERE instr(description, 'overflow') > 0
duckdb: SELECT max(numericSeverity) FROM snyk_finding WHERE contains(description, 'overflow')
answer: XS 1 ed61b6fc36bce7e9, 1 ed61b6fc36bce7e9
answer: S 1 d89be4d8af297c72, 1 d89be4d8af297c72

neighbour: other_text
j1ql: FIND snyk_finding WITH webLink ~= 'acme.example/00' AS f RETURN count(f) AS n
sqlite: SELECT count(*) FROM snyk_finding WHERE instr(webLink, 'acme.example/00') > 0
duckdb: SELECT count(*) FROM snyk_finding WHERE contains(webLink, 'acme.example/00')
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173
answer: S 1 94ce6cb7bf33d9d8, 1 94ce6cb7bf33d9d8

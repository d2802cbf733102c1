question: q30_scan_json_text
about: How many long JSON texts hold a text.
j1ql: FIND Firewall WITH ingressRules ~= '"ToPort":22,' AS f RETURN count(f) AS n
sqlite: SELECT count(*) FROM aws_security_group WHERE instr(ingressRules, '"ToPort":22,') > 0
duckdb: SELECT count(*) FROM aws_security_group WHERE contains(ingressRules, '"ToPort":22,')
answer: XS 1 e93b36318632bfa6, 1 e93b36318632bfa6
answer: S 1 05d8b2fc428a20de, 1 05d8b2fc428a20de

neighbour: not
j1ql: FIND Firewall WITH ingressRules !~= '"ToPort":22,' AS f RETURN count(f) AS n
sqlite: SELECT count(*) FROM aws_security_group WHERE instr(ingressRules, '"ToPort":22,') = 0
duckdb: SELECT count(*) FROM aws_security_group WHERE NOT contains(ingressRules, '"ToPort":22,')
answer: XS 1 d89be4d8af297c72, 1 d89be4d8af297c72
answer: S 1 d8192a6472b9f71f, 1 d8192a6472b9f71f

neighbour: two_texts
j1ql: FIND Firewall WITH ingressRules ~= '"ToPort":22,' AND ingressRules ~= '0.0.0.0/0' AS f RETURN count(f) AS n
sqlite: SELECT count(*) FROM aws_security_group WHERE instr(ingressRules, '"ToPort":22,') > 0
  AND instr(ingressRules, '0.0.0.0/0') > 0
duckdb: SELECT count(*) FROM aws_security_group WHERE contains(ingressRules, '"ToPort":22,')
  AND contains(ingressRules, '0.0.0.0/0')
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173
answer: S 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173

neighbour: regex
j1ql: FIND Firewall WITH ingressRules = /"ToPort":2[0-9],/ AS f RETURN count(f) AS n
sqlite: none
duckdb: SELECT count(*) FROM aws_security_group WHERE regexp_matches(ingressRules, '"ToPort":2[0-9],')
answer: XS 1 e93b36318632bfa6, 1 e93b36318632bfa6
answer: S 1 05d8b2fc428a20de, 1 05d8b2fc428a20de

neighbour: rows
j1ql: FIND Firewall WITH ingressRules ~= '"ToPort":22,' AS f RETURN f.displayName
sqlite: SELECT displayName FROM aws_security_group WHERE instr(ingressRules, '"ToPort":22,') > 0
duckdb: SELECT displayName FROM aws_security_group WHERE contains(ingressRules, '"ToPort":22,')
answer: XS 5 fc17d8ce53152475, 5 fc17d8ce53152475
answer: S 441 7783290bce23c88e, 441 7783290bce23c88e

neighbour: by_default
j1ql: FIND Firewall WITH ingressRules ~= '"ToPort":22,' AS f RETURN f.isDefault, count(f) AS n
sqlite: SELECT isDefault, count(*) FROM aws_security_group WHERE instr(ingressRules, '"ToPort":22,') > 0 GROUP BY isDefault
duckdb: SELECT isDefault, count(*) FROM aws_security_group WHERE contains(ingressRules, '"ToPort":22,') GROUP BY isDefault
answer: XS 2 61cbee1df9a970f2, 2 61cbee1df9a970f2
answer: S 2 4db68ae5d661b27d, 2 4db68ae5d661b27d

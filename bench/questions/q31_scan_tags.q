question: q31_scan_tags
about: How many entities of a class have two tags.
j1ql: FIND Host WITH tag.Production = true AND tag.Environment = 'production' AS h RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance WHERE "tag.Production" AND "tag.Environment" = 'production'
answer: XS 1 8b4234a853a2485c, 1 8b4234a853a2485c
answer: S 1 83dd121acbfc3fdd, 1 b91967b1367fda90

neighbour: either
j1ql: FIND Host WITH tag.Production = true OR tag.Environment = 'production' AS h RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance WHERE "tag.Production" OR "tag.Environment" = 'production'
answer: XS 1 b8d005003a046e1b, 1 fdeed9fceab7b791
answer: S 1 80f17ee1ea74f789, 1 08374213b667c632

neighbour: other_value
j1ql: FIND Host WITH tag.Production = true AND tag.Environment = 'test' AS h RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance WHERE "tag.Production" AND "tag.Environment" = 'test'
answer: XS 1 ae2ae903cc3b9173, 1 ae2ae903cc3b9173
answer: S 1 500f217689774412, 1 ab18d61a35391739

neighbour: by_environment
j1ql: FIND Host WITH tag.Production = true AS h RETURN h.tag.Environment, count(h) AS n
sql: SELECT "tag.Environment", count(*) FROM aws_instance WHERE "tag.Production" GROUP BY "tag.Environment"
answer: XS 4 9fdbe2e445caf498, 4 101636c3e550b6e7
answer: S 5 0bd9674fd6156694, 5 c8b6f70e4e317a96

neighbour: sum
j1ql: FIND Host WITH tag.Production = true AND tag.Environment = 'production' AS h RETURN sum(h.cpuCount) AS n
sql: SELECT sum(cpuCount) FROM aws_instance WHERE "tag.Production" AND "tag.Environment" = 'production'
answer: XS 1 e0cafbefcc7ef433, 1 b16e9f9b2069c859
answer: S 1 6464bd072022e220, 1 5369eb64b470c35b

neighbour: with_list
j1ql: FIND Host WITH tag.Production = true AND tags = 'PCI' AS h RETURN count(h) AS n
sql: SELECT count(*) FROM aws_instance h WHERE "tag.Production" AND EXISTS (
  SELECT 1 FROM aws_instance__tags t WHERE t.row = h.row AND t.value = 'PCI')
answer: XS 1 24954cc133928402, 1 24954cc133928402
answer: S 1 407f8e783ca50c68, 1 9b86810cb90f275f

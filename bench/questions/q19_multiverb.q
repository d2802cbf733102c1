question: q19_multiverb
about: A hop over either of two verbs.
goal: S 28 M 350
j1ql: FIND github_user AS u THAT (OPENED|REVIEWED) github_pull_request WITH state = 'open' AS p RETURN count(u) AS n
sql: SELECT count(*) FROM (SELECT e.from_row FROM github_user_opened_github_pull_request e
  JOIN github_pull_request p ON p.row = e.to_row WHERE p.state = 'open' UNION
  SELECT e.from_row FROM github_user_reviewed_github_pull_request e
  JOIN github_pull_request p ON p.row = e.to_row WHERE p.state = 'open') x
answer: XS 1 a850d13cb74a9552, 1 a850d13cb74a9552
answer: S 1 a4e81064679d97c3, 1 cad26bb89b5bf8a1

neighbour: one_verb
j1ql: FIND github_user AS u THAT REVIEWED github_pull_request WITH state = 'open' AS p RETURN count(u) AS n
sql: SELECT count(DISTINCT e.from_row) FROM github_user_reviewed_github_pull_request e
  JOIN github_pull_request p ON p.row = e.to_row WHERE p.state = 'open'
answer: XS 1 4a92bb6d2915222f, 1 00bd40491e773ccc
answer: S 1 b6f41a001289ba87, 1 6750538a0b796a74

neighbour: any_verb
j1ql: FIND github_user AS u THAT RELATES TO github_pull_request WITH state = 'open' AS p RETURN count(u) AS n
sql: SELECT count(*) FROM (SELECT e.from_row FROM github_user_opened_github_pull_request e
  JOIN github_pull_request p ON p.row = e.to_row WHERE p.state = 'open' UNION
  SELECT e.from_row FROM github_user_reviewed_github_pull_request e
  JOIN github_pull_request p ON p.row = e.to_row WHERE p.state = 'open') x
answer: XS 1 a850d13cb74a9552, 1 a850d13cb74a9552
answer: S 1 a4e81064679d97c3, 1 cad26bb89b5bf8a1

neighbour: by_role
j1ql: FIND github_user AS u THAT (OPENED|REVIEWED) github_pull_request WITH state = 'open' AS p
  RETURN u.role, count(p) AS n
sql: SELECT u.role, count(DISTINCT x.p) FROM (SELECT from_row AS u, to_row AS p
  FROM github_user_opened_github_pull_request UNION ALL
  SELECT from_row, to_row FROM github_user_reviewed_github_pull_request) x
  JOIN github_user u ON u.row = x.u
  JOIN github_pull_request p ON p.row = x.p WHERE p.state = 'open' GROUP BY u.role
answer: XS 3 2d238c6ce7972075, 3 7832943b388bcbdf
answer: S 3 40139420d8a8abed, 3 c8aecb421922a70d

neighbour: max
j1ql: FIND github_user AS u THAT (OPENED|REVIEWED) github_pull_request WITH state = 'open' AS p
  RETURN max(p.linesChanged) AS m
sql: SELECT max(p.linesChanged) FROM (SELECT from_row AS u, to_row AS p
  FROM github_user_opened_github_pull_request UNION ALL
  SELECT from_row, to_row FROM github_user_reviewed_github_pull_request) x
  JOIN github_pull_request p ON p.row = x.p WHERE p.state = 'open'
answer: XS 1 322957e220f6ea51, 1 322957e220f6ea51
answer: S 1 134511a26f57b31e, 1 134511a26f57b31e

neighbour: paths
j1ql: FIND github_user AS u THAT (OPENED|REVIEWED) github_pull_request WITH state = 'open' AS p RETURN count(*) AS n
sql: SELECT count(*) FROM (SELECT from_row AS u, to_row AS p
  FROM github_user_opened_github_pull_request UNION ALL
  SELECT from_row, to_row FROM github_user_reviewed_github_pull_request) x
  JOIN github_pull_request p ON p.row = x.p WHERE p.state = 'open'
answer: XS 1 6b05f7c4da1f9159, 1 c84990974995a330
answer: S 1 4ad0f55174c9b4ec, 1 8a87f5a8d13d11f6

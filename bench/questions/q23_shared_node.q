question: q23_shared_node
about: A path that comes back to the group it began at.
revisit: yes
goal: S 50 M 800
j1ql: FIND okta_user_group AS g THAT ASSIGNED >> application AS a THAT ASSIGNED << okta_user AS u
  THAT HAS << okta_user_group AS g2 WHERE g._id = g2._id RETURN count(u) AS n
sql: SELECT count(DISTINCT ua.from_row) FROM okta_user_group_assigned_application ga
  JOIN okta_user_assigned_application ua ON ua.to_row = ga.to_row
  JOIN okta_user_group_has_okta_user gu ON gu.from_row = ga.from_row AND gu.to_row = ua.from_row
answer: XS 1 172b84a55c19f0e8, 1 172b84a55c19f0e8
answer: S 1 1cf7112600bca8d9, 1 1cf7112600bca8d9

neighbour: count_of_groups
j1ql: FIND okta_user_group AS g THAT ASSIGNED >> application AS a THAT ASSIGNED << okta_user AS u
  THAT HAS << okta_user_group AS g2 WHERE g._id = g2._id RETURN count(g) AS n
sql: SELECT count(DISTINCT ga.from_row) FROM okta_user_group_assigned_application ga
  JOIN okta_user_assigned_application ua ON ua.to_row = ga.to_row
  JOIN okta_user_group_has_okta_user gu ON gu.from_row = ga.from_row AND gu.to_row = ua.from_row
answer: XS 1 1f308996a7625787, 1 1f308996a7625787
answer: S 1 baafcaa5047c0982, 1 baafcaa5047c0982

neighbour: other_start
j1ql: FIND okta_user AS u THAT ASSIGNED >> application AS a THAT ASSIGNED << okta_user_group AS g
  THAT HAS >> okta_user AS u2 WHERE u._id = u2._id RETURN count(u) AS n
sql: SELECT count(DISTINCT ua.from_row) FROM okta_user_group_assigned_application ga
  JOIN okta_user_assigned_application ua ON ua.to_row = ga.to_row
  JOIN okta_user_group_has_okta_user gu ON gu.from_row = ga.from_row AND gu.to_row = ua.from_row
answer: XS 1 172b84a55c19f0e8, 1 172b84a55c19f0e8
answer: S 1 1cf7112600bca8d9, 1 1cf7112600bca8d9

neighbour: filtered
j1ql: FIND okta_user_group AS g THAT ASSIGNED >> application WITH external = true AS a
  THAT ASSIGNED << okta_user WITH active = true AS u
  THAT HAS << okta_user_group AS g2 WHERE g._id = g2._id RETURN count(u) AS n
sql: SELECT count(DISTINCT ua.from_row) FROM okta_user_group_assigned_application ga
  JOIN application a ON a.row = ga.to_row
  JOIN okta_user_assigned_application ua ON ua.to_row = ga.to_row
  JOIN okta_user u ON u.row = ua.from_row
  JOIN okta_user_group_has_okta_user gu ON gu.from_row = ga.from_row AND gu.to_row = ua.from_row
  WHERE a.external AND u.active
answer: XS 1 b16e9f9b2069c859, 1 abe93518fda79174
answer: S 1 e33825b88ee1030b, 1 c50a94c52395b209

neighbour: by_owner
j1ql: FIND okta_user_group AS g THAT ASSIGNED >> application AS a THAT ASSIGNED << okta_user AS u
  THAT HAS << okta_user_group AS g2 WHERE g._id = g2._id RETURN a.owner, count(u) AS n
sql: SELECT a.owner, count(DISTINCT ua.from_row) FROM okta_user_group_assigned_application ga
  JOIN application a ON a.row = ga.to_row
  JOIN okta_user_assigned_application ua ON ua.to_row = ga.to_row
  JOIN okta_user_group_has_okta_user gu ON gu.from_row = ga.from_row AND gu.to_row = ua.from_row GROUP BY a.owner
answer: XS 5 5da9ac0a2f616116, 5 492762534a2f1221
answer: S 10 b900bea24ca7f4d1, 10 5e5624702679af4f

neighbour: paths
j1ql: FIND okta_user_group AS g THAT ASSIGNED >> application AS a THAT ASSIGNED << okta_user AS u
  THAT HAS << okta_user_group AS g2 WHERE g._id = g2._id RETURN count(*) AS n
sql: SELECT count(*) FROM okta_user_group_assigned_application ga
  JOIN okta_user_assigned_application ua ON ua.to_row = ga.to_row
  JOIN okta_user_group_has_okta_user gu ON gu.from_row = ga.from_row AND gu.to_row = ua.from_row
answer: XS 1 86021d02515b990f, 1 86021d02515b990f
answer: S 1 05fe10127f5b47be, 1 05fe10127f5b47be

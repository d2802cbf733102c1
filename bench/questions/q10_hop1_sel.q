question: q10_hop1_sel
about: One hop from one entity.
parameter: user id
goal: S 1.1 M 1.5
j1ql: FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED >> application AS a RETURN a.displayName
sql: SELECT a.displayName FROM okta_user u JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application a ON a.row = e.to_row WHERE u._id = ?1
answer: XS 230 82b2ce2e1434ff33, 230 82b2ce2e1434ff33
answer: S 249 2ec4c217cf254800, 249 2ec4c217cf254800

neighbour: from_the_end
j1ql: FIND application AS a THAT ASSIGNED << okta_user WITH _id = ${value} AS u RETURN a.displayName
sql: SELECT a.displayName FROM okta_user u JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application a ON a.row = e.to_row WHERE u._id = ?1
answer: XS 230 82b2ce2e1434ff33, 230 82b2ce2e1434ff33
answer: S 249 2ec4c217cf254800, 249 2ec4c217cf254800

neighbour: count
j1ql: FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED >> application AS a RETURN count(a) AS n
sql: SELECT count(DISTINCT e.to_row) FROM okta_user u
  JOIN okta_user_assigned_application e ON e.from_row = u.row WHERE u._id = ?1
answer: XS 100 be8b6c4ce285efd2, 100 be8b6c4ce285efd2
answer: S 100 ea1b46145c4398b6, 100 ea1b46145c4398b6

neighbour: edge_property
j1ql: FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED >> AS e application AS a RETURN a.displayName, e.profile
sql: SELECT a.displayName, e.profile FROM okta_user u
  JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application a ON a.row = e.to_row WHERE u._id = ?1
answer: XS 230 e121201aafaa1b02, 230 e121201aafaa1b02
answer: S 249 1c9e97e82978643e, 249 1c9e97e82978643e

neighbour: filtered_end
j1ql: FIND okta_user WITH _id = ${value} AS u THAT ASSIGNED >> application WITH external = true AS a RETURN a.displayName
sql: SELECT a.displayName FROM okta_user u JOIN okta_user_assigned_application e ON e.from_row = u.row
  JOIN application a ON a.row = e.to_row WHERE u._id = ?1 AND a.external
answer: XS 73 106075302f1a471c, 73 106075302f1a471c
answer: S 64 c5774c6c3fb03047, 64 c5774c6c3fb03047

neighbour: optional
j1ql: FIND okta_user WITH _id = ${value} AS u (THAT ASSIGNED >> aws_iam_role AS r)? RETURN u.displayName, r.displayName
sql: SELECT u.displayName, r.displayName FROM okta_user u
  LEFT JOIN okta_user_assigned_aws_iam_role e ON e.from_row = u.row
  LEFT JOIN aws_iam_role r ON r.row = e.to_row WHERE u._id = ?1
answer: XS 137 3747bba56df275a9, 137 3e40dca78614d8ac
answer: S 171 675619640868a24c, 171 c5b5dfed1f4f8d44
